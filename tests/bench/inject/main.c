// SPDX-License-Identifier: GPL-2.0-only
/*
 * Packet injector of `make bench`.  It hands frames to netif_receive_skb() one by one and reads
 * the time-stamp counter around each call.  Where the far device is a dummy, the whole way of the
 * packet, its transmit and its free lie inside that call.  Under QEMU's -icount shift=0 the
 * counter advances by one per guest instruction, so that a sample is a number of instructions.
 *
 * Control: write a request (request.c) to <debugfs>/nfvs_inject/run; the write returns when all
 * packets are through; then read <debugfs>/nfvs_inject/result.
 */
#include <linux/debugfs.h>
#include <linux/jhash.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/nsproxy.h>
#include <linux/sched.h>
#include <linux/sort.h>
#include <linux/timex.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include "inject.h"

#define INJECT_LINE_MAX 512
#define INJECT_CALIBRATE 101

static DEFINE_MUTEX(inject_mutex);
static struct dentry *inject_dir;
static u32 inject_overhead; /* an empty window, in cycles */

/* inject_mutex: */
static char inject_result[INJECT_LINE_MAX];

static int inject_sample_cmp(const void *a, const void *b)
{
	u32 x = *(const u32 *)a;
	u32 y = *(const u32 *)b;

	return x < y ? -1 : x > y;
}

/* barrier() keeps the compiler from moving work across the reads; the guest runs in order. */
static __always_inline u64 inject_cycles(void)
{
	u64 now;

	barrier();
	now = get_cycles();
	barrier();
	return now;
}

/* No-operations, by which QEMU's plugins (../profile/plugin.c) know what to count. */
#define INJECT_MARK_OPEN 1
#define INJECT_MARK_CLOSE 2
#define INJECT_MARK_WRITE 3
#define inject_mark(what) asm volatile(".byte 0x0f, 0x1f, 0x80, 'N', 'F', 'V', %c0" ::"i"(what))

static void inject_calibrate(void)
{
	u32 samples[INJECT_CALIBRATE];
	u64 start;
	int i;

	for (i = 0; i < INJECT_CALIBRATE; i++) {
		start = inject_cycles();
		samples[i] = inject_cycles() - start;
	}
	sort(samples, INJECT_CALIBRATE, sizeof(u32), inject_sample_cmp, NULL);
	inject_overhead = samples[INJECT_CALIBRATE / 2];
}

/**
 * inject_packet_time() - send a packet on its way
 * @skb: the packet; gone on return
 *
 * Context as in a driver's poll function: bottom halves off, interrupts on.
 * Return: instructions that it took.
 */
u32 inject_packet_time(struct sk_buff *skb)
{
	u64 start, end;

	local_bh_disable();
	inject_mark(INJECT_MARK_OPEN);
	start = inject_cycles();
	netif_receive_skb(skb);
	end = inject_cycles();
	inject_mark(INJECT_MARK_CLOSE);
	local_bh_enable();
	return end - start - inject_overhead;
}

static u64 inject_tx_packets(struct net_device *dev)
{
	struct rtnl_link_stats64 stats;

	return dev_get_stats(dev, &stats)->tx_packets;
}

/**
 * inject_flow() - which flow a packet belongs to
 * @req: the request
 * @packet: number of the packet
 *
 * Return: the index of the flow.
 */
u32 inject_flow(const struct inject_request *req, u32 packet)
{
	u32 place = req->shuffle ? jhash_1word(packet, 0) : packet;

	return req->first + place % req->flows * req->stride;
}

static int inject_packets(const struct inject_request *req, struct net_device *dev, u32 *samples)
{
	struct sk_buff *skb;
	u32 i;

	for (i = 0; i < req->packets; i++) {
		skb = inject_frame_build(req, dev, inject_flow(req, i));
		if (!skb)
			return -ENOMEM;
		samples[i] = inject_packet_time(skb);
		cond_resched();
		if (signal_pending(current))
			return -EINTR;
	}
	return 0;
}

/* The least of those that so many in a thousand are above; samples are sorted. */
static u32 inject_of_thousand(const u32 *samples, u32 count, u32 above)
{
	return samples[count - 1 - (u64)count * above / 1000];
}

static void inject_report(const struct inject_samples *samples, u32 count, u64 sent)
{
	u32 *packet = samples->packet, *late = samples->late;
	size_t len;
	u64 sum = 0;
	u32 i;

	sort(packet, count, sizeof(u32), inject_sample_cmp, NULL);
	for (i = 0; i < count; i++)
		sum += packet[i];
	len = scnprintf(inject_result, sizeof(inject_result),
			"packets=%u sent=%llu median=%u mean=%llu p99=%u p999=%u min=%u max=%u",
			count, sent, packet[count / 2], div_u64(sum, count),
			inject_of_thousand(packet, count, 10), inject_of_thousand(packet, count, 1),
			packet[0], packet[count - 1]);
	if (late) {
		sort(late, count, sizeof(u32), inject_sample_cmp, NULL);
		len += scnprintf(inject_result + len, sizeof(inject_result) - len,
				 " late=%u late_p999=%u late_max=%u", late[count / 2],
				 inject_of_thousand(late, count, 1), late[count - 1]);
	}
	scnprintf(inject_result + len, sizeof(inject_result) - len, "\n");
}

static void inject_report_rate(const struct inject_rate *rate, u64 sent)
{
	scnprintf(inject_result, sizeof(inject_result), "packets=%llu sent=%llu nanoseconds=%llu\n",
		  rate->packets, sent, rate->nanoseconds);
}

static int inject_samples_alloc(struct inject_samples *samples, const struct inject_request *req)
{
	size_t size = array_size(req->packets, sizeof(u32));

	samples->packet = vmalloc(size);
	samples->late = req->every ? vmalloc(size) : NULL;
	if (samples->packet && (samples->late || !req->every))
		return 0;
	vfree(samples->packet);
	vfree(samples->late);
	return -ENOMEM;
}

static int inject_run_samples(const struct inject_request *req, struct net_device *in,
			      struct net_device *out)
{
	struct inject_samples samples;
	u64 sent;
	int err;

	err = inject_samples_alloc(&samples, req);
	if (err)
		return err;
	sent = inject_tx_packets(out);
	err = req->every ? inject_timed_packets(req, in, &samples) :
			   inject_packets(req, in, samples.packet);
	inject_mark(INJECT_MARK_WRITE);
	if (!err)
		inject_report(&samples, req->packets, inject_tx_packets(out) - sent);
	vfree(samples.packet);
	vfree(samples.late);
	return err;
}

static int inject_run_rate(const struct inject_request *req, struct net_device *in,
			   struct net_device *out)
{
	u64 sent = inject_tx_packets(out);
	struct inject_rate rate;
	int err;

	err = inject_rate(req, in, &rate);
	if (!err)
		inject_report_rate(&rate, inject_tx_packets(out) - sent);
	return err;
}

static int inject_run(const struct inject_request *req)
{
	struct net *net = current->nsproxy->net_ns;
	struct net_device *in, *out;
	int err = -ENODEV;

	in = dev_get_by_name(net, req->in);
	if (!in)
		return err;
	out = dev_get_by_name(net, req->out);
	if (!out)
		goto put_in;

	err = req->workers ? inject_run_rate(req, in, out) : inject_run_samples(req, in, out);

	dev_put(out);
put_in:
	dev_put(in);
	return err;
}

static ssize_t inject_run_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	struct inject_request req;
	char *line;
	int err;

	if (len >= INJECT_LINE_MAX)
		return -E2BIG;
	line = memdup_user_nul(buf, len);
	if (IS_ERR(line))
		return PTR_ERR(line);

	mutex_lock(&inject_mutex);
	inject_result[0] = '\0';
	err = inject_request_parse(&req, line) ?: inject_run(&req);
	mutex_unlock(&inject_mutex);
	kfree(line);
	return err ?: len;
}

static ssize_t inject_result_read(struct file *file, char __user *buf, size_t len, loff_t *pos)
{
	ssize_t done;

	mutex_lock(&inject_mutex);
	done = simple_read_from_buffer(buf, len, pos, inject_result, strlen(inject_result));
	mutex_unlock(&inject_mutex);
	return done;
}

static const struct file_operations inject_run_fops = {
	.owner = THIS_MODULE,
	.write = inject_run_write,
};

static const struct file_operations inject_result_fops = {
	.owner = THIS_MODULE,
	.read = inject_result_read,
};

static int __init inject_init(void)
{
	inject_calibrate();
	inject_dir = debugfs_create_dir("nfvs_inject", NULL);
	if (IS_ERR(inject_dir))
		return PTR_ERR(inject_dir);
	debugfs_create_file("run", 0200, inject_dir, NULL, &inject_run_fops);
	debugfs_create_file("result", 0400, inject_dir, NULL, &inject_result_fops);
	return 0;
}

static void __exit inject_exit(void)
{
	debugfs_remove(inject_dir);
}

module_init(inject_init);
module_exit(inject_exit);
MODULE_DESCRIPTION("nfvs packet injector for benchmarks");
MODULE_LICENSE("GPL");
