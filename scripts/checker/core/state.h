/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is known at one point of one path.
 */
#ifndef FERRULE_CORE_STATE_H
#define FERRULE_CORE_STATE_H

#include <algorithm>

#include "fetch.h"

namespace ferrule {
namespace core {

/* A sorted vector: states are copied far more often than they are searched. */
template <typename T> class small_map {
public:
	using entry = std::pair<int, T>;

	T *find(int key)
	{
		auto it = lower(key);

		return it != list.end() && it->first == key ? &it->second : nullptr;
	}
	const T *find(int key) const { return const_cast<small_map *>(this)->find(key); }
	T &operator[](int key)
	{
		auto it = lower(key);

		if (it == list.end() || it->first != key)
			it = list.insert(it, entry(key, T()));
		return it->second;
	}
	void erase(int key)
	{
		auto it = lower(key);

		if (it != list.end() && it->first == key)
			list.erase(it);
	}
	template <typename F> void erase_if(F unwanted)
	{
		list.erase(std::remove_if(list.begin(), list.end(), unwanted), list.end());
	}
	typename std::vector<entry>::iterator begin() { return list.begin(); }
	typename std::vector<entry>::iterator end() { return list.end(); }
	typename std::vector<entry>::const_iterator begin() const { return list.begin(); }
	typename std::vector<entry>::const_iterator end() const { return list.end(); }
	size_t size() const { return list.size(); }
	bool operator==(const small_map &other) const { return list == other.list; }

private:
	typename std::vector<entry>::iterator lower(int key)
	{
		return std::lower_bound(list.begin(), list.end(), key,
					[](const entry &e, int k) { return e.first < k; });
	}

	std::vector<entry> list;
};

/* Which values a place can have: NULL or 0; an error; a valid pointer or > 0. */
enum sign : uint8_t { ZERO = 1, ERROR = 2, VALID = 4, ANY = 7 };

/* Why the content of a place must not be used. */
enum class gone : uint8_t { NO, UNSET, MOVED, DROPPED, SCOPE };

/* Why there is nothing behind a place that is NULL or an error. */
enum class why : uint8_t { NONE, FAILED, ABSENT, MOVED, EMPTY, PERHAPS, TESTED };

struct value {
	uint8_t mask = ANY;
	enum gone gone = gone::NO;
	enum why why = why::NONE;
	bool exact = false;
	/* a handle that ended through a pointer: its bytes are zero now */
	bool emptied = false;
	/* nothing was ever written there: what should have filled it failed */
	bool raw = false;
	int64_t number = 0;
	/* between which numbers comparisons found it */
	int64_t low = INT64_MIN, high = INT64_MAX;
	/* the place that it points to */
	place_id target = NONE;
	/* the place that it was read from */
	place_id origin = NONE;
	/* read through a shared borrow, which holds for what it points to as well */
	bool shared = false;
	/* the rank of the lock that it points to, or into; 0: there is none */
	int rank = 0;
	/* tag of the type of the lock that it points into; in this function only */
	const struct type *lock = nullptr;
	/* the condition that it stands for */
	int condition = NONE;
	/* where it went, failed or was emptied */
	src_loc at = 0;
	/* where a test was made that cannot see the failure */
	src_loc wrong_test = 0;
	/* the call whose error it is, while nobody has looked at it */
	int unread = NONE;
	/* the driver's own function that it is the result of, who may return NULL */
	uintptr_t perhaps_null = 0;
	/* the copies of shared memory that it was computed from */
	int fetched = NONE;
	/* the question that it answers: which of flow::questions */
	int asked = NONE;
};

enum class status : uint8_t {
	OWNED,		/* somebody here must end it */
	INNER,		/* part of another object, ends with it */
	BORROWED,
	DROPPED,
	MOVED,
	DEAD,		/* a borrow whose owner ended */
	UNSURE,		/* owned on some of the merged paths: nothing is said */
};

struct object {
	enum status status = status::OWNED;
	/* how a dead borrow died */
	enum gone end_how = gone::NO;
	bool exclusive = false;
	/* the owned parts of a fresh allocation were set to empty */
	bool opened = false;
	/* something in it was looked at, by which the driver may know what else there is */
	bool looked = false;
	src_loc made = 0;
	src_loc ended = 0;
	object_id parent = NONE;
	std::vector<object_id> lenders;
	std::vector<int> lender_vars;
	/* the lock behind a guard */
	place_id lock = NONE;

	bool live() const { return status == status::OWNED || status == status::INNER; }
	bool has_ended() const
	{
		return status == status::DROPPED || status == status::MOVED ||
		       status == status::DEAD;
	}
	bool operator==(const object &other) const
	{
		return status == other.status && parent == other.parent &&
		       lenders == other.lenders && lender_vars == other.lender_vars;
	}
};

/* A handle that was not acquired, or could not be, on this path. */
struct unready {
	place_id handle;
	bool failed;
	src_loc at;

	bool operator==(const unready &other) const
	{
		return handle == other.handle && failed == other.failed;
	}
};

/* Two numbers that were compared, and how the first one may compare with the second. */
struct relation {
	enum : uint8_t { LESS = 1, EQUAL = 2, GREATER = 4 };

	place_id a, b;
	bool is_unsigned;
	uint8_t may;

	bool is_about(place_id x, place_id y, bool as_unsigned) const
	{
		return a == x && b == y && is_unsigned == as_unsigned;
	}
	bool operator==(const relation &other) const
	{
		return is_about(other.a, other.b, other.is_unsigned) && may == other.may;
	}
};

struct state {
	small_map<value> values;
	small_map<object> objects;
	/* copies of elements of shared memory, by their loads */
	small_map<fetch> fetches;
	std::vector<unready> not_acquired;
	/* cells that were made fit to be used */
	std::vector<place_id> ready;
	/* what was written of the variables that go to user space */
	std::vector<place_id> written;
	/* written by a helper, as far as that turns out to be true: which of flow::promises */
	std::vector<std::pair<place_id, int>> promised;
	std::vector<relation> compared;
	/* questions, and whether the answer was not 0 */
	std::vector<std::pair<int, bool>> answers;
	/* where the result was set */
	src_loc result_at = 0;
};

inline value constant(int64_t number)
{
	value v;

	v.exact = true;
	v.number = number;
	v.mask = number == 0 ? ZERO : number < 0 ? ERROR : VALID;
	return v;
}

inline value empty(enum why reason, src_loc at)
{
	value v = constant(0);

	v.why = reason;
	v.at = at;
	return v;
}

inline value pointer_to(place_id target)
{
	value v;

	v.mask = VALID;
	v.target = target;
	return v;
}

inline value ended(enum gone how, src_loc at)
{
	value v;

	v.gone = how;
	v.at = at;
	return v;
}

} /* namespace core */
} /* namespace ferrule */

#endif /* FERRULE_CORE_STATE_H */
