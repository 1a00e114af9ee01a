// SPDX-License-Identifier: GPL-2.0-only
/*
 * Takes packets from devices, before the stack sees them.
 *
 * Each device like Ethernet of a namespace that balances gets a hook at its ingress, the last one
 * there: what tc and nftables do at the same place comes first.  Devices that come, go, or move to
 * another namespace are told of by a notifier.
 */

#include <linux/if_arp.h>
#include <linux/limits.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/gre.h>

#include "hook/hook.h"
#include "obj/fast.h"
#include "obj/netns.h"

/**
 * struct nfvs_ingress - a device that packets are taken from
 * @node: in &nfvs_fast.devices
 * @ops: the hook
 */
struct nfvs_ingress {
	struct list_head node;
	struct nf_hook_ops ops;
};

static bool nfvs_ingress_suits(const struct net_device *dev)
{
	return dev->type == ARPHRD_ETHER && !(dev->flags & IFF_LOOPBACK) &&
	       !netif_is_l3_master(dev) && !netif_is_gretap(dev) && !netif_is_ip6gretap(dev);
}

/* Without memory for it a device is served by the netfilter hooks alone, as without this file. */
static void nfvs_ingress_add(struct nfvs_net *nn, struct net_device *dev)
{
	struct nfvs_ingress *ingress;

	ASSERT_RTNL();
	if (!nfvs_ingress_suits(dev))
		return;
	ingress = kzalloc(sizeof(*ingress), GFP_KERNEL);
	if (!ingress)
		return;
	ingress->ops.hook = nfvs_hook_ingress;
	ingress->ops.pf = NFPROTO_NETDEV;
	ingress->ops.hooknum = NF_NETDEV_INGRESS;
	ingress->ops.priority = INT_MAX;
	ingress->ops.dev = dev;
	ingress->ops.priv = nn;
	if (nf_register_net_hook(nn->net, &ingress->ops)) {
		kfree(ingress);
		return;
	}
	list_add_tail(&ingress->node, &nn->fast->devices);
}

static void nfvs_ingress_remove(struct nfvs_net *nn, struct nfvs_ingress *ingress)
{
	ASSERT_RTNL();
	list_del(&ingress->node);
	nf_unregister_net_hook(nn->net, &ingress->ops);
	kfree(ingress);
}

static struct nfvs_ingress *nfvs_ingress_find(const struct nfvs_fast *fast,
					      const struct net_device *dev)
{
	struct nfvs_ingress *ingress;

	list_for_each_entry(ingress, &fast->devices, node)
		if (ingress->ops.dev == dev)
			return ingress;
	return NULL;
}

/**
 * nfvs_ingress_enable() - take packets from all devices, from now to nfvs_ingress_disable()
 * @nn: namespace; its cfg_lock is held
 *
 * Context: process context, may sleep.
 */
void nfvs_ingress_enable(struct nfvs_net *nn)
{
	struct net_device *dev;

	rtnl_lock();
	if (!nn->fast->armed) {
		nn->fast->armed = true;
		for_each_netdev(nn->net, dev) {
			nfvs_ingress_add(nn, dev);
			nfvs_early_note_device(nn, dev);
		}
	}
	rtnl_unlock();
}

/**
 * nfvs_ingress_disable() - take no more packets
 * @nn: namespace that is going away
 *
 * Packets may be in the hook until a grace period has passed.
 *
 * Context: process context, may sleep.
 */
void nfvs_ingress_disable(struct nfvs_net *nn)
{
	struct nfvs_ingress *ingress, *next;

	if (!nn->fast)
		return;
	rtnl_lock();
	nn->fast->armed = false;
	list_for_each_entry_safe(ingress, next, &nn->fast->devices, node)
		nfvs_ingress_remove(nn, ingress);
	rtnl_unlock();
}

static int nfvs_ingress_device_event(struct notifier_block *self, unsigned long event, void *data)
{
	struct net_device *dev = netdev_notifier_info_to_dev(data);
	struct nfvs_net *nn = nfvs_pernet(dev_net(dev));
	/* Pairs with smp_store_release() in nfvs_conn_net_enable(). */
	struct nfvs_fast *fast = smp_load_acquire(&nn->fast);
	struct nfvs_ingress *ingress;

	if (!fast || !fast->armed)
		return NOTIFY_DONE;
	switch (event) {
	case NETDEV_REGISTER:
		if (!nfvs_ingress_find(fast, dev))
			nfvs_ingress_add(nn, dev);
		break;
	case NETDEV_UNREGISTER:
		ingress = nfvs_ingress_find(fast, dev);
		if (ingress)
			nfvs_ingress_remove(nn, ingress);
		break;
	}
	return NOTIFY_DONE;
}

static struct notifier_block nfvs_ingress_notifier = {
	.notifier_call = nfvs_ingress_device_event,
};

/**
 * nfvs_ingress_init() - be told of devices
 *
 * Context: process context, may sleep; namespaces have their state.
 * Return: 0 or a negative errno.
 */
int nfvs_ingress_init(void)
{
	return register_netdevice_notifier(&nfvs_ingress_notifier);
}

/**
 * nfvs_ingress_exit() - undo nfvs_ingress_init()
 *
 * Unregistering tells of every device that it goes: no hook is left then.
 *
 * Context: process context, may sleep; namespaces still have their state.
 */
void nfvs_ingress_exit(void)
{
	unregister_netdevice_notifier(&nfvs_ingress_notifier);
}
