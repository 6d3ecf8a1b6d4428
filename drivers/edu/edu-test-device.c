// SPDX-License-Identifier: GPL-2.0
/* The devices under test, as sysfs and the machine's host see them. */
#include "edu-test.h"

#include <dirent.h>

#define BUS		"/sys/bus/pci/devices"
#define DRIVERS		"/sys/bus/pci/drivers"
#define VENDOR		"0x1234"
#define DEVICE		"0x11e8"
#define DEBUG_SHARE	20
#define DEBUG_LEAST	2

/* The host's names are in the order of the bus. */
struct device devices[2] = {
	{ .host_name = "edu0" },
	{ .host_name = "edu1" },
};

const char *device_attribute(const struct device *dev, const char *name, char *path, size_t size)
{
	snprintf(path, size, BUS "/%s/%s", dev->address, name);
	return path;
}

static bool attribute_is(const char *address, const char *name, const char *value)
{
	char path[320], text[64];

	snprintf(path, sizeof(path), BUS "/%s/%s", address, name);
	return !read_file(path, text, sizeof(text)) && !strcmp(text, value);
}

bool devices_find(void)
{
	struct dirent **entries;
	size_t found = 0;
	int i, n;

	n = scandir(BUS, &entries, NULL, alphasort);
	for (i = 0; i < n; i++) {
		const char *address = entries[i]->d_name;

		if (found < ARRAY_SIZE(devices) && attribute_is(address, "vendor", VENDOR) &&
		    attribute_is(address, "device", DEVICE))
			snprintf(devices[found++].address, sizeof(devices[0].address), "%.15s",
				 address);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
	return found == ARRAY_SIZE(devices) && devices_restore();
}

bool device_present(const struct device *dev)
{
	char path[128];

	return !access(device_attribute(dev, "vendor", path, sizeof(path)), F_OK);
}

bool device_node(const struct device *dev, char *name, size_t size)
{
	struct dirent *entry;
	bool found = false;
	char path[128];
	DIR *dir;

	dir = opendir(device_attribute(dev, "misc", path, sizeof(path)));
	if (!dir)
		return false;
	while (!found && (entry = readdir(dir))) {
		if (entry->d_name[0] != '.')
			found = (size_t)snprintf(name, size, "%s", entry->d_name) < size;
	}
	closedir(dir);
	return found;
}

int device_open(const struct device *dev, int flags)
{
	char name[32], path[64];

	if (!device_node(dev, name, sizeof(name))) {
		errno = ENOENT;
		return -1;
	}
	snprintf(path, sizeof(path), "/dev/%s", name);
	return open(path, flags | O_CLOEXEC);
}

int need_open(const struct device *dev, int flags)
{
	int fd = device_open(dev, flags);

	need(fd >= 0);
	return fd;
}

const char *driver_name(void)
{
	const char *name = getenv("EDU_DRIVER");

	return name ? name : "edu";
}

static int driver_ask(const char *verb, const struct device *dev)
{
	char path[128];

	snprintf(path, sizeof(path), DRIVERS "/%s/%s", driver_name(), verb);
	return write_file(path, dev->address);
}

int device_unbind(const struct device *dev)
{
	return driver_ask("unbind", dev);
}

int device_bind(const struct device *dev)
{
	return driver_ask("bind", dev);
}

bool host_ask(const char *request, const char *name)
{
	return run_program("host", request, name);
}

int unbind_rounds(int many)
{
	int few = many / DEBUG_SHARE;

	if (!layer_is_debug())
		return many;
	return few < DEBUG_LEAST ? DEBUG_LEAST : few;
}

bool device_ready(const struct device *dev)
{
	int fd = device_open(dev, O_RDONLY);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool device_restore(const struct device *dev)
{
	char path[128];

	if (!device_present(dev) && !host_ask("plug", dev->host_name))
		return false;
	if (!wait_for(device_present(dev)))
		return false;
	if (attribute_is(dev->address, "msi_bus", "0")) {
		device_unbind(dev);
		write_file(device_attribute(dev, "msi_bus", path, sizeof(path)), "1");
	}
	if (!device_ready(dev))
		device_bind(dev);
	return wait_for(device_ready(dev));
}

bool devices_restore(void)
{
	bool ok = true;

	for (size_t i = 0; i < ARRAY_SIZE(devices); i++)
		ok &= device_restore(&devices[i]);
	return ok;
}
