// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes all devices sum up what they receive, as some real ones do, and leave it to others to judge
 * (CHECKSUM_COMPLETE).  The kernel corrects a wrong sum of its own without a word; one that came
 * from a device it reports as that device's failure.
 *
 * It is a tap, since taps see a packet before whoever hooks in at ingress.
 */
#include <linux/if_ether.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <net/checksum.h>

static atomic_t sums_given;
module_param_named(given, sums_given.counter, int, 0444);
MODULE_PARM_DESC(given, "packets that were given a sum");

static atomic_t sums_wrong;
module_param_named(wrong, sums_wrong.counter, int, 0444);
MODULE_PARM_DESC(wrong, "packets that came with a sum which is not theirs");

static int sums_receive(struct sk_buff *skb, struct net_device *dev, struct packet_type *pt,
			struct net_device *orig_dev)
{
	if (skb->pkt_type == PACKET_OUTGOING || skb->pkt_type == PACKET_LOOPBACK)
		goto out;
	if (skb->ip_summed == CHECKSUM_NONE) {
		skb->csum = skb_checksum(skb, 0, skb->len, 0);
		skb->csum_complete_sw = 0;
		skb->ip_summed = CHECKSUM_COMPLETE;
		atomic_inc(&sums_given);
	} else if (skb->ip_summed == CHECKSUM_COMPLETE &&
		   csum_fold(skb->csum) != csum_fold(skb_checksum(skb, 0, skb->len, 0))) {
		atomic_inc(&sums_wrong);
	}
out:
	consume_skb(skb);
	return NET_RX_SUCCESS;
}

static struct packet_type sums_tap __read_mostly = {
	.type = htons(ETH_P_ALL),
	.func = sums_receive,
};

static int __init sums_init(void)
{
	dev_add_pack(&sums_tap);
	return 0;
}

static void __exit sums_exit(void)
{
	dev_remove_pack(&sums_tap);
}

module_init(sums_init);
module_exit(sums_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("nfvs: devices that sum up what they receive");
