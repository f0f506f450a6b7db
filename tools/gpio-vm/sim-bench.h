/* SPDX-License-Identifier: GPL-2.0 */
/* What the simulated chips share: a log of every change, and faults on demand. */
#ifndef _LINUX_SIM_BENCH_H
#define _LINUX_SIM_BENCH_H
#include <linux/types.h>

/* The chip says that it did as it was told, and did nothing. */
#define SIM_SILENT 1

struct sim_fault {
	int left;	/* how many changes still fail; -1: all that come */
	int error;	/* a negative errno, or SIM_SILENT */
};

/* Returns 0 if this change may happen, else a negative errno or SIM_SILENT. */
int sim_fault_take(struct sim_fault *fault);
ssize_t sim_fault_show(struct sim_fault *fault, char *buf);
ssize_t sim_fault_store(struct sim_fault *fault, const char *buf, size_t len);

/* Appends a line to debugfs/gpio-log, with the monotonic time and the process. */
void sim_log(const char *chip, unsigned int line, const char *level, const char *cause);
/* The same for a change that was made to fail with what sim_fault_take() returned. */
void sim_log_fault(const char *chip, unsigned int line, const char *level, int error);

#endif
