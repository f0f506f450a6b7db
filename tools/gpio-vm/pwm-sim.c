// SPDX-License-Identifier: GPL-2.0
/* pwm-sim: a PWM chip with no hardware behind it, for user-space tests. */
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/platform_device.h>
#include <linux/pwm.h>
#include <linux/sim-bench.h>
#include <linux/sysfs.h>

#define PWM_SIM_CHANNELS 4

struct pwm_sim_attribute {
	struct device_attribute attr;
	unsigned int channel;
};

static struct sim_fault faults[PWM_SIM_CHANNELS];
static char levels[PWM_SIM_CHANNELS][40];

/* A channel's level is 0, or the nanoseconds of its pulse and period. */
static int pwm_sim_apply(struct pwm_chip *chip, struct pwm_device *pwm, const struct pwm_state *state)
{
	char *level = levels[pwm->hwpwm];
	int error = sim_fault_take(&faults[pwm->hwpwm]);

	if (error) {
		sim_log_fault("pwm-sim", pwm->hwpwm, level, error);
		return error == SIM_SILENT ? 0 : error;
	}
	if (state->enabled)
		snprintf(level, sizeof(levels[0]), "%llu/%llu%s", state->duty_cycle, state->period,
			 state->polarity == PWM_POLARITY_INVERSED ? "/inversed" : "");
	else
		snprintf(level, sizeof(levels[0]), "0");
	sim_log("pwm-sim", pwm->hwpwm, level, "write");
	return 0;
}

static const struct pwm_ops pwm_sim_ops = { .apply = pwm_sim_apply };

static unsigned int to_channel(struct device_attribute *attr)
{
	return container_of(attr, struct pwm_sim_attribute, attr)->channel;
}

static ssize_t value_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n", levels[to_channel(attr)]);
}

static ssize_t fail_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sim_fault_show(&faults[to_channel(attr)], buf);
}

static ssize_t fail_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t len)
{
	return sim_fault_store(&faults[to_channel(attr)], buf, len);
}

static struct pwm_sim_attribute value_attrs[PWM_SIM_CHANNELS], fail_attrs[PWM_SIM_CHANNELS];
static struct attribute *channel_attrs[PWM_SIM_CHANNELS][3];
static char names[PWM_SIM_CHANNELS][12];

static int pwm_sim_add_files(struct device *dev, unsigned int channel)
{
	struct attribute_group group = { .name = names[channel], .attrs = channel_attrs[channel] };

	snprintf(names[channel], sizeof(names[0]), "sim_pwm%u", channel);
	snprintf(levels[channel], sizeof(levels[0]), "0");
	value_attrs[channel] = (struct pwm_sim_attribute){ __ATTR_RO(value), channel };
	fail_attrs[channel] = (struct pwm_sim_attribute){ __ATTR_RW(fail), channel };
	sysfs_attr_init(&value_attrs[channel].attr.attr);
	sysfs_attr_init(&fail_attrs[channel].attr.attr);
	channel_attrs[channel][0] = &value_attrs[channel].attr.attr;
	channel_attrs[channel][1] = &fail_attrs[channel].attr.attr;
	return sysfs_create_group(&dev->kobj, &group);
}

static int __init pwm_sim_init(void)
{
	struct platform_device *pdev = platform_device_register_simple("pwm-sim", PLATFORM_DEVID_NONE, NULL, 0);
	struct pwm_chip *chip;
	unsigned int i;
	int error;

	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	for (i = 0; i < PWM_SIM_CHANNELS; i++) {
		error = pwm_sim_add_files(&pdev->dev, i);
		if (error)
			return error;
	}
	chip = pwmchip_alloc(&pdev->dev, PWM_SIM_CHANNELS, 0);
	if (IS_ERR(chip))
		return PTR_ERR(chip);
	chip->ops = &pwm_sim_ops;
	return pwmchip_add(chip);
}
device_initcall(pwm_sim_init);
