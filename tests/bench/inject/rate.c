// SPDX-License-Identifier: GPL-2.0-only
/*
 * As many packets as go in a time, on several processors at once, each with flows of its own.  No
 * packet is timed: what counts is how many there were.
 */
#include <linux/cache.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>

#include "inject.h"

/**
 * struct inject_worker - packets on one processor
 * @req: what is asked for, with flows that no other worker has
 * @dev: the device they seem to arrive on
 * @over: the time is over, for all
 * @task: who sends them
 * @packets: how many went; nobody else writes to this cache line
 */
struct inject_worker {
	struct inject_request req;
	struct net_device *dev;
	const bool *over;
	struct task_struct *task;
	u64 packets ____cacheline_aligned;
} ____cacheline_aligned;

static int inject_work(void *data)
{
	struct inject_worker *worker = data;
	struct sk_buff *skb;

	while (!kthread_should_stop()) {
		cond_resched();
		if (READ_ONCE(*worker->over))
			continue;
		skb = inject_frame_build(&worker->req, worker->dev,
					 inject_flow(&worker->req, worker->packets));
		if (!skb)
			continue;
		inject_packet_time(skb);
		worker->packets++;
	}
	return 0;
}

static int inject_worker_create(struct inject_worker *worker, unsigned int cpu)
{
	worker->req.first += cpu * worker->req.flows * worker->req.stride;
	worker->task = kthread_create_on_cpu(inject_work, worker, cpu, "inject/%u");
	if (IS_ERR(worker->task))
		return PTR_ERR(worker->task);
	return 0;
}

static void inject_workers_run(struct inject_worker *workers, u32 count, u32 milliseconds)
{
	u32 i;

	for (i = 0; i < count; i++)
		wake_up_process(workers[i].task);
	msleep(milliseconds);
}

static u64 inject_workers_stop(struct inject_worker *workers, u32 count)
{
	u64 packets = 0;
	u32 i;

	for (i = 0; i < count; i++) {
		kthread_stop(workers[i].task);
		packets += workers[i].packets;
	}
	return packets;
}

/**
 * inject_rate() - send packets for a time
 * @req: the request; its workers are not 0
 * @dev: the device they seem to arrive on
 * @rate: receives how many went, and in which time
 *
 * Context: process context, sleeps meanwhile.
 * Return: 0 or a negative errno: -ENXIO if there are not so many processors.
 */
int inject_rate(const struct inject_request *req, struct net_device *dev, struct inject_rate *rate)
{
	struct inject_worker *workers;
	bool over = false;
	u32 made = 0;
	int err = 0;
	u64 begin;

	if (req->workers > num_online_cpus())
		return -ENXIO;
	workers = kcalloc(req->workers, sizeof(*workers), GFP_KERNEL);
	if (!workers)
		return -ENOMEM;
	while (made < req->workers) {
		workers[made] = (struct inject_worker){ .req = *req, .dev = dev, .over = &over };
		err = inject_worker_create(&workers[made], made);
		if (err)
			break;
		made++;
	}
	begin = ktime_get_ns();
	if (!err)
		inject_workers_run(workers, made, req->during);
	WRITE_ONCE(over, true);
	rate->nanoseconds = ktime_get_ns() - begin;
	rate->packets = inject_workers_stop(workers, made);
	kfree(workers);
	return err;
}
