// SPDX-License-Identifier: GPL-2.0-only
/*
 * Packets that come when their time has come, whatever the processor is busy with: from a timer
 * in softirq, where a driver's would come from.  Between the time that a packet is due and the
 * time that it is looked at somebody has kept softirqs from running.  No packet is left out for
 * it: those that became due meanwhile follow at once.
 */
#include <linux/completion.h>
#include <linux/hrtimer.h>
#include <linux/timekeeping.h>

#include "inject.h"

/**
 * struct inject_timed - packets under way
 * @timer: for the next one
 * @req: what is asked for
 * @dev: the device they seem to arrive on
 * @samples: what each took
 * @done: how many went
 * @err: why no more go
 * @ended: there are no more
 */
struct inject_timed {
	struct hrtimer timer;
	const struct inject_request *req;
	struct net_device *dev;
	const struct inject_samples *samples;
	u32 done;
	int err;
	struct completion ended;
};

static enum hrtimer_restart inject_timed_packet(struct hrtimer *timer)
{
	struct inject_timed *timed = container_of(timer, struct inject_timed, timer);
	const struct inject_request *req = timed->req;
	u64 late = ktime_get_ns() - ktime_to_ns(hrtimer_get_softexpires(timer));
	struct sk_buff *skb = inject_frame_build(req, timed->dev, inject_flow(req, timed->done));

	if (!skb) {
		timed->err = -ENOMEM;
		complete(&timed->ended);
		return HRTIMER_NORESTART;
	}
	timed->samples->late[timed->done] = min_t(u64, late, U32_MAX);
	timed->samples->packet[timed->done] = inject_packet_time(skb);
	if (++timed->done == req->packets) {
		complete(&timed->ended);
		return HRTIMER_NORESTART;
	}
	hrtimer_add_expires_ns(timer, req->every);
	return HRTIMER_RESTART;
}

/**
 * inject_timed_packets() - let the packets of a request come one by one, in time
 * @req: the request; its every is not 0
 * @dev: the device they seem to arrive on
 * @samples: both arrays are filled
 *
 * Context: process context, sleeps until all are through.
 * Return: 0, -ENOMEM, or -ERESTARTSYS if the process is to end.
 */
int inject_timed_packets(const struct inject_request *req, struct net_device *dev,
			 const struct inject_samples *samples)
{
	struct inject_timed timed = {
		.req = req,
		.dev = dev,
		.samples = samples,
	};
	int err;

	init_completion(&timed.ended);
	hrtimer_init_on_stack(&timed.timer, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_SOFT);
	timed.timer.function = inject_timed_packet;
	hrtimer_start(&timed.timer, ktime_add_ns(ktime_get(), req->every), HRTIMER_MODE_ABS_SOFT);
	err = wait_for_completion_killable(&timed.ended);
	hrtimer_cancel(&timed.timer);
	destroy_hrtimer_on_stack(&timed.timer);
	return err ?: timed.err;
}
