// SPDX-License-Identifier: GPL-2.0
/* sim-bench: the log of the simulated chips (debugfs/gpio-log), and their faults on demand. */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/sim-bench.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include <linux/vmalloc.h>

struct sim_entry {
	u64 time;
	unsigned int line;
	pid_t pid;
	char chip[32], level[40], cause[16], comm[TASK_COMM_LEN];
};

/* The newest entries are kept; older ones make room. */
#define SIM_ENTRIES 32768U

static struct sim_entry *entries;
static u64 first, next;
static DEFINE_SPINLOCK(log_lock);
static DEFINE_SPINLOCK(fault_lock);

void sim_log(const char *chip, unsigned int line, const char *level, const char *cause)
{
	struct sim_entry *entry;
	unsigned long flags;

	if (!entries)
		return;
	spin_lock_irqsave(&log_lock, flags);
	entry = &entries[next % SIM_ENTRIES];
	entry->time = ktime_get_ns();
	entry->line = line;
	entry->pid = task_tgid_nr(current);
	strscpy(entry->chip, chip, sizeof(entry->chip));
	strscpy(entry->level, level, sizeof(entry->level));
	strscpy(entry->cause, cause, sizeof(entry->cause));
	strscpy(entry->comm, current->comm, sizeof(entry->comm));
	next++;
	if (next - first > SIM_ENTRIES)
		first = next - SIM_ENTRIES;
	spin_unlock_irqrestore(&log_lock, flags);
}

static void *sim_log_start(struct seq_file *seq, loff_t *pos)
{
	return first + *pos < next ? pos : NULL;
}

static void *sim_log_next(struct seq_file *seq, void *v, loff_t *pos)
{
	++*pos;
	return sim_log_start(seq, pos);
}

static void sim_log_stop(struct seq_file *seq, void *v)
{
}

static int sim_log_show(struct seq_file *seq, void *v)
{
	struct sim_entry entry;
	unsigned long flags;
	u32 nanoseconds;
	u64 seconds;

	spin_lock_irqsave(&log_lock, flags);
	entry = entries[(first + *(loff_t *)v) % SIM_ENTRIES];
	spin_unlock_irqrestore(&log_lock, flags);
	seconds = div_u64_rem(entry.time, NSEC_PER_SEC, &nanoseconds);
	seq_printf(seq, "%llu.%09u %s %u %s %s %d %s\n", seconds, nanoseconds, entry.chip,
		   entry.line, entry.level, entry.cause, entry.pid, entry.comm);
	return 0;
}

static const struct seq_operations sim_log_ops = {
	.start = sim_log_start,
	.next = sim_log_next,
	.stop = sim_log_stop,
	.show = sim_log_show,
};

static int sim_log_open(struct inode *inode, struct file *file)
{
	return seq_open(file, &sim_log_ops);
}

/* Whatever is written empties the log. */
static ssize_t sim_log_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	unsigned long flags;

	spin_lock_irqsave(&log_lock, flags);
	first = next;
	spin_unlock_irqrestore(&log_lock, flags);
	return len;
}

static const struct file_operations sim_log_file = {
	.owner = THIS_MODULE,
	.open = sim_log_open,
	.read = seq_read,
	.write = sim_log_write,
	.llseek = seq_lseek,
	.release = seq_release,
};

static const struct {
	const char *name;
	int error;
} sim_errors[] = {
	{ "EIO", -EIO }, { "ENODEV", -ENODEV }, { "EBADF", -EBADF },
	{ "EREMOTEIO", -EREMOTEIO }, { "ETIMEDOUT", -ETIMEDOUT }, { "silent", SIM_SILENT },
};

static const char *sim_error_name(int error)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(sim_errors); i++)
		if (sim_errors[i].error == error)
			return sim_errors[i].name;
	return "EIO";
}

void sim_log_fault(const char *chip, unsigned int line, const char *level, int error)
{
	char cause[16];

	snprintf(cause, sizeof(cause), "fail:%s", sim_error_name(error));
	sim_log(chip, line, level, cause);
}

int sim_fault_take(struct sim_fault *fault)
{
	unsigned long flags;
	int error = 0;

	spin_lock_irqsave(&fault_lock, flags);
	if (fault->left)
		error = fault->error;
	if (fault->left > 0)
		fault->left--;
	spin_unlock_irqrestore(&fault_lock, flags);
	return error;
}

ssize_t sim_fault_show(struct sim_fault *fault, char *buf)
{
	return sysfs_emit(buf, "%d %s\n", fault->left, sim_error_name(fault->error));
}

ssize_t sim_fault_store(struct sim_fault *fault, const char *buf, size_t len)
{
	char name[16] = "EIO";
	unsigned long flags;
	int left, i;

	if (sscanf(buf, "%d %15s", &left, name) < 1 || left < -1)
		return -EINVAL;
	for (i = 0; i < ARRAY_SIZE(sim_errors); i++)
		if (!strcmp(sim_errors[i].name, name))
			break;
	if (i == ARRAY_SIZE(sim_errors))
		return -EINVAL;
	spin_lock_irqsave(&fault_lock, flags);
	fault->left = left;
	fault->error = sim_errors[i].error;
	spin_unlock_irqrestore(&fault_lock, flags);
	return len;
}

static int __init sim_bench_init(void)
{
	entries = vzalloc(array_size(SIM_ENTRIES, sizeof(*entries)));
	if (!entries)
		return -ENOMEM;
	debugfs_create_file("gpio-log", 0666, NULL, NULL, &sim_log_file);
	return 0;
}
subsys_initcall(sim_bench_init);
