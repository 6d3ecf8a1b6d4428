/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The flow analysis of one function: states go round its graph until nothing new
 * arrives. Two states are joined only if they agree on who owns what (property
 * simulation), so that "the error paths" and "the others" stay apart.
 *
 * One class, one file a concern:
 *	engine.cc	the walk, joins, the limit on states
 *	eval.cc		what an expression denotes
 *	refine.cc	what a condition teaches
 *	objects.cc	objects: making, ending, naming them
 *	store.cc	assignments: moves, overwritten owners, escaping borrows
 *	ownership.cc	taking and dropping
 *	borrow.cc	loans: who lends to whom, and for how long
 *	call.cc		calls: arguments, then results
 *	arguments.cc	what becomes of the arguments
 *	handles.cc	handles in the state are acquired before they are used
 *	limits.cc	entry and return: the function's own contract
 *	context.cc	guards and contexts
 *	user.cc		what goes to user space was written before
 *	answers.cc	what comparisons of two numbers, and the driver's own predicates, said
 *	fetch.cc	what was tested of memory that others write, and what is used
 */
#ifndef FERRULE_CORE_FLOW_H
#define FERRULE_CORE_FLOW_H

#include <set>

#include "condition.h"
#include "effects.h"
#include "exclusive.h"
#include "state.h"

namespace ferrule {
namespace core {

class flow {
public:
	flow(const function &fn, effects &facts, exclusive_state &states, reporter &out);

	void run();

private:
	using states = std::vector<state>;

	/* engine.cc */
	void arrive(int block, state s);
	void leave(const block &b, states &now);
	void branch(const block &b, state &s);
	void pick(const block &b, state &s);
	void step(const stmt &st, states &now);
	bool same_property(const state &a, const state &b) const;
	bool matters(const state &s, place_id p, const value &v) const;
	bool join(state &into, const state &other) const;
	void degrade(state &into, const state &other) const;
	void collect(state &s) const;

	/* eval.cc */
	place_id locate(state &s, const place_expr &e, src_loc at, bool check = true);
	value evaluate(state &s, const operand &o, src_loc at);
	value load(state &s, place_id p, const type *t, src_loc at);
	value compute(state &s, const stmt &st);
	int truth(state &s, const operand &o, const value &v);
	int comparison(state &s, enum op op, const operand &a, const operand &b, bool is_unsigned);
	void look_at(value &v);
	place_id subject(const operand &o);
	int rank_at(const place_expr &e) const;
	const type *lock_at(const place_expr &e) const;
	bool is_read_shared(const operand &o) const;

	/* refine.cc */
	bool bound(state &s, const condition &c, enum op op);
	void refine(const state &s, int condition, bool outcome, states &out);
	bool narrow(state &s, place_id p, uint8_t keep, bool exact, int64_t number);
	void note_null_test(state &s, enum op op, place_id p, int64_t number, src_loc at);
	void note_error_test(state &s, place_id p, src_loc at);

	/* objects.cc */
	object_id make(state &s, const void *site, int role, enum status st, src_loc at,
		       const std::string &made_by);
	void end(state &s, object_id o, enum status how, src_loc at);
	void absorb(state &s, object_id o);
	void forget_parts(state &s, object_id o);
	void forget_below(state &s, place_id p, bool strictly);
	void forget_conditions(state &s, place_id p);
	int holders(const state &s, object_id o, place_id except = NONE) const;
	int named_holders(const state &s, object_id o) const;
	void open_allocation(state &s, const value &v, const type *t, src_loc at);
	object *find(state &s, object_id o) { return o == NONE ? nullptr : s.objects.find(o); }
	void remember_name(const state &s, place_id p, const value &v);
	bool is_named(place_id p) const;
	bool is_named_or_object(place_id p) const;
	bool is_global(place_id p) const;
	bool is_element(place_id p) const;
	bool in_borrowed(const state &s, place_id p) const;
	const type *type_at(place_id p) const;
	const field *field_at(place_id p) const;
	bool owner_place(place_id p) const;
	void owner_paths(const type *t, std::vector<short> path,
			 std::vector<std::vector<short>> &out) const;
	std::string name(const state &s, place_id p) const;
	std::string name_of(const state &s, const value &v, const operand *o = nullptr) const;

	/* store.cc */
	void assign(state &s, const stmt &st);
	void store(state &s, place_id p, value v, const type *t, src_loc at);
	void store_unknown(state &s, place_id p, const value &v, const type *t, src_loc at);
	void copy_owners(state &s, place_id to, place_id from, const stmt &st);
	void store_record(state &s, const stmt &st);
	void move_record(state &s, place_id to, place_id from, const stmt &st);
	void clear_record(state &s, place_id p, const type *t, src_loc at);
	void check_write(state &s, const stmt &st);
	bool clear_handle_part(state &s, place_id p, const value &v, const stmt &st);
	void take_out(state &s, place_id p, value &v, src_loc at);
	void overwrite(state &s, place_id p, value &v, src_loc at);
	bool may_be_full(const state &s, place_id p) const;
	void report_full(const state &s, place_id p, const char *how, src_loc at);
	int root_param(const state &s, place_id p) const;
	void keep_owner(state &s, place_id p, object_id o, const type *t, src_loc at);

	/* ownership.cc */
	bool is_suspect(const state &s, const value &v, bool deref) const;
	bool use(state &s, const value &v, src_loc at, const std::string &name, bool deref);
	struct taking {
		/* the value ends, instead of living on elsewhere */
		bool drops;
		/* NULL, errors and empty handles are welcome */
		bool may_be_empty;
		bool is_cleanup;
		/* the callee reaches the owner itself, not a copy of it */
		bool by_pointer;
		/* the value behind the pointer ends, the memory stays */
		bool in_place;
		/* the callee takes a void pointer: it ends memory, not what is in it */
		bool untyped;
		/* the callee takes whatever the pointer points to for memory to be freed */
		bool as_memory;
		/* the callee's name */
		const std::string *by;
	};
	void take(state &s, value &v, const operand *o, const taking &how, src_loc at);
	void take_handle(state &s, place_id p, const taking &how, src_loc at);
	bool take_parts(state &s, place_id p, const type *t, const taking &how, src_loc at);
	void check_content(state &s, object_id o, const std::string &what, src_loc at);
	bool is_wrong_end(state &s, object_id o, const std::string &what, const taking &how,
			  src_loc at);
	bool is_storage(const state &s, const value &v, const taking &how) const;
	void take_object(state &s, object_id o, bool whole, const std::string &name, bool drops,
			 src_loc at);
	const ending &ending_of(const type *t) const;
	void end_twice(state &s, const value &v, const std::string &name, const ending &way, bool drops,
		       src_loc at);
	bool can_take(state &s, const value &v, const std::string &what, const type *t,
		      const taking &how, src_loc at);
	void end_scope(state &s, int var, src_loc at);
	void report_raw(state &s, const value &v, src_loc at, const std::string &what);
	void report_moved(src_loc at, src_loc moved, const std::string &what, const char *verb);
	void report_ended(const object &x, object_id o, src_loc at, const std::string &what);

	/* borrow.cc */
	struct roots {
		std::set<int> params;
		bool local = false;
		bool unknown = false;
		/* of what something is stored in: a lock's data live on without the guard */
		bool keeper = false;
		int depth = 0;
	};
	void kill_loans(state &s, object_id lender, src_loc at, enum gone how,
			object_id except = NONE);
	void kill_var_loans(state &s, int var, src_loc at);
	void kill_exclusive(state &s, object_id lender, src_loc at, bool all);
	object_id lender_of(state &s, const value &v);
	bool borrows_from(const state &s, object_id o, object_id lender, int depth = 0) const;
	void find_roots(const state &s, object_id o, roots &out) const;
	void escape(state &s, place_id into, const value &v, src_loc at);
	bool lend(state &s, object_id borrower, const value &from);
	void drop_borrowed(state &s, object_id borrower, object_id lender, src_loc at, enum gone how);
	bool outlives(int param, const roots &other) const;

	/* call.cc */
	void call(state s, const stmt &st, states &out);
	bool call_builtin(state &s, const stmt &st, std::vector<value> &args, states &out);
	std::vector<place_id> filled_numbers(const state &s, const stmt &st, const std::vector<value> &args) const;
	void split_filled(state &s, const stmt &st, const std::vector<place_id> &numbers, const value &result,
			  states &results);
	void split_results(state &s, const stmt &st, std::vector<value> &args,
			   const std::vector<place_id> &numbers, states &results);
	void keep_arguments(state &s, const stmt &st, std::vector<value> &args);
	void succeed(state &s, const stmt &st, std::vector<value> &args, int error);
	void set_result(state &s, const stmt &st, value v);
	void give(state &s, const stmt &st, std::vector<value> &args, states &out);
	void lend_result(state &s, const stmt &st, std::vector<value> &args, states &out);
	void lend_parts(state &s, const stmt &st, std::vector<value> &args);
	void clear_memory(state &s, place_id p, src_loc at);
	bool may_fail(const stmt &st) const;
	int fallible_call(const stmt *st);
	void must_outlive(state &s, const value &kept, const value &keeper, src_loc at);
	void make_ready(state &s, const value &v);

	/* arguments.cc */
	void pass_arguments(state &s, const stmt &st, std::vector<value> &args);
	void check_shared(const state &s, const stmt &st, unsigned int n, const value &v);
	bool is_guarded(place_id p) const;
	void check_guarded(const state &s, const stmt &st, unsigned int n, const value &v);
	void pass_borrow(state &s, const stmt &st, unsigned int n, value &v);
	void note_device(const stmt &st, unsigned int n);
	void check_device(state &s, const stmt &st, const value &v);
	void check_unlock(state &s, const stmt &st, const value &v);
	void pass_out(state &s, const stmt &st, value &v);
	void check_aliases(state &s, const stmt &st, const std::vector<value> &args);
	taking how_taken(const stmt &st, unsigned int n) const;

	/* handles.cc */
	bool is_given_empty(const state &s, const stmt &st, unsigned int n, place_id p) const;
	void note_lent(const state &s, const stmt &st, const std::vector<value> &args);
	void enter_handles(state &s);
	void acquire(state &s, const value &v, bool failed, src_loc at);
	void check_handle(state &s, const stmt &st, unsigned int n, const value &v);
	void report_handle(const state &s, const unready &u, src_loc at, const std::string &by,
			   parameter_id helper = {}, const part_path &part = {});

	/* limits.cc */
	void enter();
	void enter_param(states &entry, unsigned int n, int var);
	void enter_record(state &s, place_id at, const variable &v);
	void own_content(state &s, place_id p, const variable &v);
	void leave_function(state &s, const block &b);
	void return_borrow(state &s, object_id o, const std::string &what, src_loc at);
	void cell_paths(const type *t, std::vector<short> path,
			std::vector<std::vector<short>> &found) const;
	void return_value(state &s, const operand &o, const value &v, src_loc at);
	void return_record(state &s, const operand &o, src_loc at);
	void check_outs(state &s, const value &result, bool has_result, src_loc at);
	void check_leaks(state &s, src_loc at);
	void check_left_behind(state &s, src_loc at, object_id guard = NONE);
	void report_unready(const state &s, place_id cell, src_loc made, src_loc at);
	void check_ready(state &s, const value &result, bool has_result, src_loc at);

	/* context.cc */
	lock_id identify(place_id p, const type *lock) const;
	lock_id event_of(const stmt &st, const std::vector<value> &args);
	void check_context(state &s, const stmt &st, const std::vector<value> &args);
	void check_rank(state &s, const stmt &st, object_id guard, const value &lock);
	void check_lock(state &s, const stmt &st, object_id guard, const value &lock);

	/* user.cc */
	void find_sent();
	void find_filled(const place_expr &e);
	bool is_sent(place_id p) const;
	void write(state &s, place_id p);
	void unwrite(state &s, place_id p);
	void note_written(state &s, const stmt &st);
	void note_passed(state &s, const stmt &st, const std::vector<value> &args);
	bool keep_written(state &into, const state &other) const;
	void promise(state &s, place_id p, const filling &by);
	std::vector<filling> promises_of(const state &s, place_id p) const;
	void check_copied(state &s, place_id p, const stmt &st);
	void require_written(state &s, place_id p, const finding &f);
	void note_read(place_id p);
	void note_fills(state &s, const value &result, bool has_result);
	bool is_filled_param(unsigned int n) const;
	void forget_unset(state &s, const stmt &st);
	bool is_unset_number(const state &s, place_id p) const;
	owner_id owner_at(place_id p) const;
	void note_left_empty(place_id p, const value &v);
	void note_looked(state &s, const value &v);
	void check_asked(const state &s, place_id p, src_loc at);
	bool is_unset_field(const state &s, place_id p);
	bool is_unset(const state &s, place_id p);
	bool is_written(const state &s, place_id p, const type *t);
	void check_sent(state &s, const stmt &st, const std::vector<value> &args);

	/* answers.cc */
	int comparison_of_two(const state &s, enum op op, const operand &a, const operand &b, bool is_unsigned);
	int rooted(const state &s, int condition);
	bool mentions_below(int condition, place_id p) const;
	place_id compared(const state &s, const operand &o);
	bool compare(state &s, const condition &c, enum op op) const;
	int ask(const stmt &st, const std::vector<value> &args);
	void note_answer(state &s, int question, bool truth) const;
	void forget_answers(state &s, place_id p) const;
	bool keep_answers(state &into, const state &other) const;
	bool is_shown_owners(unsigned int n) const;
	void find_shown();
	bool is_known_empty(const state &s, place_id owner) const;
	std::vector<answer> answers_about(const state &s, place_id p) const;
	void note_known(const state &s, const operand &o, const value &result);

	/* fetch.cc */
	void find_counters();
	bool is_counter(const state &s, const operand &o);
	element named_element(const state &s, const param &p, const std::vector<value> &args) const;
	bool begin_load(const state &s, const stmt &st, const std::vector<value> &args, fetch &loaded);
	void finish_load(state &s, const stmt &st, const fetch &loaded);
	void forget_fetches(state &s, place_id p);
	int fetched_at(const state &s, place_id p);
	void note_test(state &s, const value &v);
	void note_comparison(state &s, const operand &a, const value &v, const operand &b, const value &w,
			     src_loc at);
	void use_fetched(state &s, const value &v, src_loc at);
	void check_indices(state &s, const stmt &st);
	void pass_fetched(state &s, const stmt &st, const std::vector<value> &args);

	finding found(rule what, src_loc at, std::string message, std::vector<note> notes,
		      std::string hint) const;
	void report(rule what, src_loc at, std::string message, std::vector<note> notes = {},
		    std::string hint = "");

	const function &fn;
	effects &facts;
	exclusive_state &states_of_probe;
	reporter &out;
	place_table places;
	condition_table conditions;
	std::vector<states> in;
	std::vector<bool> waiting;
	std::vector<object_id> param_objects;
	/* calls whose error was looked at, or lost, on some path */
	std::vector<const stmt *> fallible_calls;
	std::set<int> errors_seen, errors_lost;
	/* what helpers got that do not say __fe_init, and might have initialised */
	std::map<place_id, std::pair<src_loc, std::string>> handed_over;
	/* calls that gave a value to the device */
	std::set<src_loc> device_moves;
	/* variables that are passed on to user space somewhere */
	std::set<int> sent;
	/* arrays in them that are written element by element */
	std::set<place_id> filled;
	/* variables that loops count with */
	std::set<int> counters;
	mutable fetch_table fetches;
	std::vector<filling> promises;
	/* calls of the driver's own functions that may tell whether there is an owner */
	struct question {
		uintptr_t callee;
		std::vector<place_id> about;

		bool operator==(const question &other) const
		{
			return callee == other.callee && about == other.about;
		}
	};
	std::vector<question> questions;
	/* owners behind what the function only looks at: its result may say whether they are empty */
	std::vector<place_id> shown;
	bool follows_writes = false;
	/* an owned out-parameter makes the result's sign part of the property */
	bool result_matters = false;
	/* an error is compared with one number, or passed on: that is no look at it */
	bool not_looking = false;
	/* a comparison is evaluated whose result may not be asked for */
	bool computes_truth = false;
	bool was_degraded = false;
	bool was_exhausted = false;
	src_loc last_loc = 0;
};

} /* namespace core */
} /* namespace ferrule */

#endif /* FERRULE_CORE_FLOW_H */
