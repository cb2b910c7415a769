/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/now.h"

#include "domain/banned.h"

int main(int argc, char **argv)
{
	return command_main(desk_commands, &desk_commands[0], "amends", now_ms, argc, argv);
}
