/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the flow analysis knows of a C function.
 *
 * Nothing here knows gcc: lower.cc translates GIMPLE into it, the unit test writes
 * it by hand. A function is a graph of blocks; a block is a list of assignments and
 * calls with one terminator. Expressions are flat: operands are constants, addresses
 * or reads of places.
 */
#ifndef FERRULE_CORE_IR_H
#define FERRULE_CORE_IR_H

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "../rules.h"
#include "ending.h"

namespace ferrule {
namespace core {

/* A position in the source; only the reporter can read it. 0 is "unknown". */
using src_loc = uint64_t;

struct type;

struct field {
	std::string name;
	const struct type *type;
	/* a pointer that owns what it points to */
	bool owner;
};

/*
 * A C type as the rules see it. Targets and fields are resolved on demand: the types
 * that can be reached from one kernel structure are thousands.
 */
struct type {
	enum kind { SCALAR, POINTER, RECORD, ARRAY, OTHER };

	enum kind kind = OTHER;
	std::string name;
	bool is_const = false;
	bool is_void = false;
	/* a number that can be negative, as an error is */
	bool is_signed = false;
	bool is_bool = false;
	bool owned = false;
	bool pinned = false;
	bool cell = false;
	bool token = false;
	/* while a value lives, the device may own its memory */
	bool on_device = false;
	/* a cell that is not fit for use as it was allocated */
	bool needs_init = false;
	/* declared by the kernel: its fields are not followed */
	bool foreign = false;
	/* a lock's place in the order of locks; 0: it has none */
	int rank = 0;
	/* how its values end */
	const struct ending *ends = endings;

	virtual const type *target() const = 0;
	virtual const std::vector<field> &fields() const = 0;

	/* By value, at any depth. */
	bool holds_owner() const;
	bool holds_cell() const;
	bool is_pointer() const { return kind == POINTER; }
	bool is_record() const { return kind == RECORD; }

protected:
	~type() = default;

private:
	enum memo : uint8_t { UNKNOWN, NO, YES };
	mutable memo owner_memo = UNKNOWN;
	mutable memo cell_memo = UNKNOWN;
};

/* What becomes of the value behind a parameter. */
struct passing {
	enum mode {
		BORROW,		/* the loan ends with the call */
		TAKE,		/* the callee's from now on */
		TAKE_OK,	/* the callee's if the call returns 0 */
		DROP,		/* ended by the call */
		OUT,		/* owned by the caller's variable if the call returns 0 */
	};

	enum mode mode = BORROW;
	bool nullable = false;
	/* the call makes the cell fit to be used */
	bool init = false;
	/* the data of a lock that is held */
	bool guarded = false;
	/* the call acquires what the handle stands for */
	bool acquire = false;
	/* the bytes behind it go to user space, or come from there */
	bool to_user = false;
	bool from_user = false;
	/* what is taken belongs to the device */
	bool to_device = false;
	/* arguments that it must outlive, from 0 */
	std::vector<unsigned int> outlives;
	/* a copy of an element of shared memory: the array, and its index if there is one */
	std::vector<unsigned int> element;
};

/* What a function type says of its result and of where it may be called. */
struct promises {
	enum gives {
		NOTHING,	/* a plain value, or a borrow (see lenders) */
		OWNED,		/* owned, or an ERR_PTR */
		SURE,		/* owned, never an error */
		GUARD,		/* a guard, or an ERR_PTR */
	};

	enum gives gives = NOTHING;
	/* the result may be NULL */
	bool nullable = false;
	/* "fe_mutex", "fe_spin", "fe_spin_irq", "fe_spin_irq_on" */
	std::string guard_kind;
	/* the kind of guard that the call ends */
	std::string ends_guard;
	/* arguments that the result borrows from, from 0; the elision is applied */
	std::vector<unsigned int> lenders;
	bool tests = false;
	bool must_check = false;
	bool sleeps = false;
	bool atomic = false;
	bool hardirq = false;
	bool opening = false;
	bool waits = false;
	bool wakes = false;
	bool bound = false;
	bool unbinds = false;

	bool gives_owner() const { return gives != NOTHING; }
	/* Takes a lock, however long that lasts: an attempt may fail and never sleeps. */
	bool waits_for_lock() const { return gives == GUARD && (sleeps || !must_check); }
};

struct param : passing {
	const struct type *type = nullptr;
};

struct contract : promises {
	std::vector<param> params;
	const type *result = nullptr;
};

/* Functions whose meaning the analysis knows by itself. */
enum class builtin : uint8_t {
	NONE, IS_ERR, IS_ERR_OR_NULL, PTR_ERR, ERR_PTR, PTR_ERR_OR_ZERO, EXPECT, ZERO, IGNORED, ABORT
};

/* A step from one place to a part of it. */
struct step {
	/* INSIDE: some part that is not told apart (array element, foreign field) */
	enum kind : uint8_t { DEREF, FIELD, INSIDE };

	enum kind kind;
	int field;
};

struct place_expr {
	static constexpr int UNKNOWN = -1;

	int var = UNKNOWN;
	std::vector<step> path;
	const struct type *type = nullptr;
};

struct operand {
	enum kind : uint8_t { UNKNOWN, CONSTANT, ADDRESS, READ };

	enum kind kind = UNKNOWN;
	int64_t number = 0;
	place_expr place;
	const struct type *type = nullptr;
};

enum class op : uint8_t {
	COPY, ZERO, CONVERT, NOT, NEGATE, AND, OR, EQ, NE, LT, LE, GT, GE, OFFSET, OTHER
};

struct callee {
	std::string name;
	const struct contract *contract = nullptr;
	enum builtin builtin = builtin::NONE;
	/* identity of the declaration; 0 behind a pointer */
	uintptr_t id = 0;
	/* behind a pointer: the type of the functions that it points to */
	unsigned int slot = 0;
	/* the driver's own helper */
	bool by_driver = false;
};

struct stmt {
	enum kind : uint8_t { ASSIGN, CALL, END_SCOPE, HAVOC };

	enum kind kind = ASSIGN;
	src_loc loc = 0;
	bool has_dst = false;
	/* written by the driver itself, not by a macro of the layer */
	bool spelled_by_driver = false;
	/* the call that the compiler makes for a variable with a cleanup */
	bool is_cleanup = false;
	/* the comparison is unsigned */
	bool is_unsigned = false;
	enum op op = op::OTHER;
	place_expr dst;
	std::vector<operand> args;
	/* indices of the array elements in it */
	std::vector<operand> indices;
	struct callee callee;
	int var = -1;
	/* the operation on two constants; false if it has no value */
	std::function<bool(int64_t, int64_t, int64_t &)> fold;

	/* What the callee says of an argument; of those that it does not name, nothing. */
	const param &param_of(unsigned int n) const;
	/* The pointer is to const for the callee, who cannot write through it. */
	bool is_shared(unsigned int n) const;
};

struct switch_case {
	int64_t low, high;
	int block;
};

struct block {
	enum terminator : uint8_t { JUMP, BRANCH, SWITCH, RETURN, STOP };

	std::vector<stmt> stmts;
	terminator term = STOP;
	src_loc loc = 0;
	enum op op = op::OTHER;
	bool is_unsigned = false;
	std::vector<operand> args;
	std::vector<switch_case> cases;
	/* JUMP: all successors; BRANCH: taken, not taken; SWITCH: the default */
	std::vector<int> next;
};

struct variable {
	std::string name;
	const struct type *type = nullptr;
	src_loc loc = 0;
	int param = -1;
	/* lives for ever, and anybody may write to it */
	bool global = false;
	/* made by the compiler or by a macro: never named in a message */
	bool temporary = false;
	/* lives only within one block: forgotten at its end */
	bool block_local = false;
	/* carries the function's result to its one return */
	bool carries_result = false;
};

/* Fields, from the outermost. */
using part_path = std::vector<short>;

/* A handle in the driver's state that something has to acquire. */
struct handle_field {
	part_path path;
	std::string name;
	src_loc declared;
};

struct function {
	std::string name;
	src_loc loc = 0;
	uintptr_t id = 0;
	const struct contract *contract = nullptr;
	std::vector<variable> vars;
	/* the first is the entry; next[] are indices into this */
	std::vector<block> blocks;
	/* blocks in reverse post order */
	std::vector<int> order;
	bool exported = false;
	/* called while the module comes or goes: no device is bound then */
	bool outside = false;
	/* written by the driver, not by a macro of the layer */
	bool by_driver = false;
	/* a test: it may keep what it likes in plain fields, and answers for that */
	bool is_test = false;
	/* it is probe: the parameter that is its state, and the handles in that */
	int probe_param = -1;
	std::vector<handle_field> handles;
};

struct note {
	src_loc where;
	std::string text;
};

struct finding {
	rule what;
	src_loc where;
	std::string message;
	std::vector<note> notes;
	std::string hint;
};

class reporter {
public:
	virtual void report(const finding &f) = 0;
	/* Tells the author that the analysis of this function became less exact. */
	virtual void degraded(const function &fn) = 0;

protected:
	~reporter() = default;
};

} /* namespace core */
} /* namespace ferrule */

#endif /* FERRULE_CORE_IR_H */
