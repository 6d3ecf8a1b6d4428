// SPDX-License-Identifier: GPL-2.0
/* Disks, as configfs, sysfs and their nodes show them. */
#include "nullblk-test.h"

#include <dirent.h>
#include <linux/fs.h>
#include <sys/mount.h>
#include <sys/stat.h>

#define CONFIGFS	"/sys/kernel/config"
#define BLOCK		"/sys/block"
#define SHARE		20
#define DEBUG_SHARE	100
#define LEAST		2
#define MOST_DISKS	64

/* One at a time: what is new in /sys/block is the disk that just got its power. */
static pthread_mutex_t power_lock = PTHREAD_MUTEX_INITIALIZER;

const char *driver_name(void)
{
	const char *name = getenv("NULLBLK_DRIVER");

	return name ? name : "nullblk";
}

/* The kernel's null_blk has a directory that is not named as its module. */
static const char *config_name(void)
{
	return strcmp(driver_name(), "null_blk") ? driver_name() : "nullb";
}

static const char *item_path(const char *item, const char *file, char *path, size_t size)
{
	snprintf(path, size, CONFIGFS "/%s/%s%s%s", config_name(), item, *file ? "/" : "", file);
	return path;
}

bool driver_find(void)
{
	char path[128];

	mount("configfs", CONFIGFS, "configfs", 0, NULL);
	return !access(item_path("", "", path, sizeof(path)), F_OK) && driver_restore();
}

bool driver_restore(void)
{
	char path[128];
	struct dirent *entry;
	bool ok = true;
	DIR *dir;

	dir = opendir(item_path("", "", path, sizeof(path)));
	if (!dir)
		return false;
	while ((entry = readdir(dir))) {
		struct disk disk = { };

		if (entry->d_type != DT_DIR || entry->d_name[0] == '.')
			continue;
		snprintf(disk.item, sizeof(disk.item), "%.31s", entry->d_name);
		ok &= !disk_remove(&disk);
	}
	closedir(dir);
	return ok;
}

int disk_configure(struct disk *disk, const char *item)
{
	char path[512];

	*disk = (struct disk){ };
	snprintf(disk->item, sizeof(disk->item), "%s", item);
	return mkdir(item_path(item, "", path, sizeof(path)), 0755) ? errno : 0;
}

int disk_set(const struct disk *disk, const char *attribute, const char *value)
{
	char path[128];

	return write_file(item_path(disk->item, attribute, path, sizeof(path)), value);
}

int disk_get(const struct disk *disk, const char *attribute, char *value, size_t size)
{
	char path[128];

	return read_file(item_path(disk->item, attribute, path, sizeof(path)), value, size);
}

void disk_set_all(const struct disk *disk, const char *settings)
{
	char *copy = strdup(settings), *next, *name, *value;

	need(copy);
	for (name = strtok_r(copy, " ", &next); name; name = strtok_r(NULL, " ", &next)) {
		value = strchr(name, '=');
		need(value);
		*value++ = '\0';
		if (!check_equal(disk_set(disk, name, value), 0))
			note("%s is not to be %s\n", name, value);
	}
	free(copy);
}

/* The names of all disks there are. */
static size_t list_disks(char names[][32], size_t most)
{
	struct dirent *entry;
	DIR *dir = opendir(BLOCK);
	size_t n = 0;

	need(dir);
	while (n < most && (entry = readdir(dir))) {
		if (entry->d_name[0] != '.')
			snprintf(names[n++], sizeof(names[0]), "%.31s", entry->d_name);
	}
	closedir(dir);
	return n;
}

static bool is_among(const char *name, char names[][32], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!strcmp(name, names[i]))
			return true;
	}
	return false;
}

static int power_on(struct disk *disk)
{
	char old[MOST_DISKS][32], new[MOST_DISKS][32];
	size_t n_old = list_disks(old, MOST_DISKS), n_new;
	int ret = disk_set(disk, "power", "1");

	n_new = list_disks(new, MOST_DISKS);
	for (size_t i = 0; i < n_new; i++) {
		if (!is_among(new[i], old, n_old))
			strcpy(disk->name, new[i]);
	}
	return ret;
}

int disk_power(struct disk *disk, bool on)
{
	int ret;

	pthread_mutex_lock(&power_lock);
	if (on) {
		ret = power_on(disk);
	} else {
		ret = disk_set(disk, "power", "0");
		disk->name[0] = '\0';
	}
	pthread_mutex_unlock(&power_lock);
	return ret;
}

int disk_remove(const struct disk *disk)
{
	char path[128];

	return rmdir(item_path(disk->item, "", path, sizeof(path))) ? errno : 0;
}

void disk_make(struct disk *disk, const char *item, const char *settings)
{
	need(!disk_configure(disk, item));
	disk_set_all(disk, settings);
	need(check_equal(disk_power(disk, true), 0));
	need(*disk->name);
}

void disk_end(struct disk *disk)
{
	if (*disk->name)
		check_equal(disk_power(disk, false), 0);
	check_equal(disk_remove(disk), 0);
}

void disk_end_under(struct disk *disk, int fd)
{
	struct call call;

	call_start(&call, SYS_pread64, fd, (long)alloc_bytes(PAGE), PAGE, 0);
	check(call_sleeps(&call));
	disk_end(disk);
	call_end(&call);
	check_equal(call.ret, -1);
	check(call.error == EIO || call.error == ENODEV);
	close(fd);
}

bool disk_exists(const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), BLOCK "/%s", name);
	return !access(path, F_OK);
}

int disk_open(const struct disk *disk, int flags)
{
	char path[64];

	snprintf(path, sizeof(path), "/dev/%s", disk->name);
	return open(path, flags | O_CLOEXEC);
}

int need_open(const struct disk *disk, int flags)
{
	int fd = disk_open(disk, flags);

	need(fd >= 0);
	return fd;
}

long long disk_number(const struct disk *disk, const char *attribute)
{
	char path[128], text[64];

	snprintf(path, sizeof(path), BLOCK "/%s/%s", disk->name, attribute);
	if (read_file(path, text, sizeof(text)))
		return -1;
	return strtoll(text, NULL, 0);
}

int rounds(int many)
{
	int few = many / (layer_is_debug() ? DEBUG_SHARE : SHARE);

	if (is_full_run())
		return many;
	return few < LEAST ? LEAST : few;
}

unsigned char *alloc_bytes(size_t len)
{
	void *bytes = NULL;

	need(!posix_memalign(&bytes, PAGE, len));
	return bytes;
}

bool write_pattern(int fd, size_t len, off_t at, unsigned int seed)
{
	unsigned char *bytes = alloc_bytes(len);
	bool ok;

	fill_pattern(bytes, len, seed);
	ok = check_equal(pwrite(fd, bytes, len, at), len);
	free(bytes);
	return ok;
}

bool check_pattern(int fd, size_t len, off_t at, unsigned int seed)
{
	unsigned char *bytes = alloc_bytes(len);
	bool ok;

	ok = check_equal(pread(fd, bytes, len, at), len) && check(is_pattern(bytes, len, seed));
	if (!ok)
		note("pattern %u, %zu bytes at %lld\n", seed, len, (long long)at);
	free(bytes);
	return ok;
}

bool check_zeroes(int fd, size_t len, off_t at)
{
	unsigned char *bytes = alloc_bytes(len);
	size_t i = 0;
	bool ok;

	memset(bytes, 0xff, len);
	ok = check_equal(pread(fd, bytes, len, at), len);
	while (ok && i < len && !bytes[i])
		i++;
	if (ok && !check(i == len))
		note("byte %zu of %zu at %lld is %#x\n", i, len, (long long)at, bytes[i]);
	ok = ok && i == len;
	free(bytes);
	return ok;
}

int discard(int fd, unsigned long long at, unsigned long long len)
{
	unsigned long long range[2] = { at, len };

	return ioctl(fd, BLKDISCARD, range);
}

int zero_out(int fd, unsigned long long at, unsigned long long len)
{
	unsigned long long range[2] = { at, len };

	return ioctl(fd, BLKZEROOUT, range);
}
