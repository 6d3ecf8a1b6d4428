/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who wrote it: the driver, the layer, or somebody else.
 *
 * A driver's files are those of the main file's directory and below; the directories of
 * the layer and of the tests are given on the command line.
 */
#ifndef FERRULE_ORIGIN_H
#define FERRULE_ORIGIN_H

#include "compat.h"

namespace ferrule {

/* What the translation unit is, and so which rules it is held to. */
enum class role {
	driver,		/* all rules */
	layer,		/* ownership, but it may call the kernel */
	kunit,		/* ownership; tests see everything */
};

enum class origin { driver, layer, foreign, builtin };

/* Directories, and what the main file is if it is in one of them; or what it is anyway. */
void add_layer(const char *directory);
void add_kunit(const char *directory);
void set_role(role r);

role unit_role();

/* The path with symbolic links and dots resolved, or as it is. */
std::string absolute(const std::string &path);

origin origin_of_file(const char *path);
origin origin_of_map(const line_map_ordinary *map);

/*
 * The file that the compiler reads now, which has the last map. Of what has just been parsed it
 * is the file, too: a cheap way past the thousands of declarations in the kernel's headers.
 */
origin origin_being_read();
/* Of the file in which the outermost macro stands, or in which the token is spelled. */
origin origin_of_location(location_t where);
origin origin_of_spelling(location_t where);
origin origin_of_decl(const_tree decl);

/*
 * Did the driver write this token? True for what stands in its text and for what came
 * out of a macro that is not the layer's (pr_info() in a driver is the driver's doing,
 * a macro of the layer that expands to it is not) nor one that everybody may use.
 */
bool written_by_driver(location_t where);

/*
 * Did the driver declare this? A name that the driver gives to a macro of the layer is
 * declared by the layer: FE_BAR(edu_regs, ...).
 */
bool declared_by_driver(const_tree decl);

/* One of the kernel's functions or macros that a driver may use: kernel-names.def. */
bool is_common_name(const char *name);

/* The macro of the kernel that the driver called here, or an empty string. */
std::string foreign_macro(location_t where);

/* From the kernel's macro that goes from a member to the structure around it? */
bool is_from_container_of(location_t where);

} /* namespace ferrule */

#endif /* FERRULE_ORIGIN_H */
