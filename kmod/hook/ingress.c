// SPDX-License-Identifier: GPL-2.0-only
/*
 * Takes packets from devices, before the stack sees them.
 *
 * Each device like Ethernet of a namespace that balances gets a hook at its ingress, the last one
 * there: what tc and nftables do at the same place comes first.  Devices that come, go, or move to
 * another namespace are told of by a notifier.
 *
 * A hook costs each packet something.  While settings, or somebody who listens further on, leave
 * nothing to do there, devices have none: packets that nobody need have listened to bring it back.
 */

#include <linux/if_arp.h>
#include <linux/limits.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include <net/gre.h>

#include "hook/hook.h"
#include "hook/listeners.h"
#include "obj/fast.h"
#include "obj/netns.h"

/**
 * struct nfvs_ingress - a device that packets are taken from
 * @node: in &nfvs_fast.devices
 * @ops: the hook; who lists hooks reads it under RCU (nfnetlink_hook)
 * @rcu: frees it
 */
struct nfvs_ingress {
	struct list_head node;
	struct nf_hook_ops ops;
	struct rcu_head rcu;
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
	kfree_rcu(ingress, rcu);
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

/* A family of which no packet has asked yet who listens is one of whom that is asked now. */
static bool nfvs_ingress_serves(struct nfvs_net *nn, bool v6)
{
	if (!nfvs_is_hooked(nn, v6))
		return false;
	if (!rcu_access_pointer(nn->fast->listeners[v6]))
		nfvs_listeners_learn(nn, v6);
	return nfvs_may_be_free(nn, v6);
}

static bool nfvs_ingress_is_of_use(struct nfvs_net *nn)
{
	u8 any = READ_ONCE(nn->fastpaths.any);
	bool serves;

	if (any & BIT(NFVS_FASTPATH_ALWAYS))
		return true;
	if (!(any & BIT(NFVS_FASTPATH_AUTO)))
		return false;
	local_bh_disable();
	rcu_read_lock();
	serves = nfvs_ingress_serves(nn, false) || nfvs_ingress_serves(nn, true);
	rcu_read_unlock();
	local_bh_enable();
	return serves;
}

static void nfvs_ingress_add_all(struct nfvs_net *nn)
{
	struct net_device *dev;

	for_each_netdev(nn->net, dev)
		nfvs_ingress_add(nn, dev);
}

static void nfvs_ingress_remove_all(struct nfvs_net *nn)
{
	struct nfvs_ingress *ingress, *next;

	list_for_each_entry_safe(ingress, next, &nn->fast->devices, node)
		nfvs_ingress_remove(nn, ingress);
}

static void nfvs_ingress_set(struct nfvs_net *nn, bool take)
{
	ASSERT_RTNL();
	if (take == nn->fast->taking)
		return;
	if (take)
		nfvs_ingress_add_all(nn);
	else
		nfvs_ingress_remove_all(nn);
	WRITE_ONCE(nn->fast->taking, take);
}

static void nfvs_ingress_settle(struct nfvs_net *nn)
{
	rtnl_lock();
	nfvs_ingress_set(nn, nn->fast->armed && nfvs_ingress_is_of_use(nn));
	rtnl_unlock();
}

static void nfvs_ingress_settle_work(struct work_struct *work)
{
	nfvs_ingress_settle(container_of(work, struct nfvs_net, settle_work.work));
}

/**
 * nfvs_ingress_net_init() - be ready for changes of what is of use
 * @nn: namespace
 */
void nfvs_ingress_net_init(struct nfvs_net *nn)
{
	nn->settle = nfvs_ingress_settle;
	INIT_DELAYED_WORK(&nn->settle_work, nfvs_ingress_settle_work);
}

/**
 * nfvs_ingress_net_exit() - undo nfvs_ingress_net_init()
 * @nn: namespace; its hooks are gone and a grace period has passed
 *
 * Context: process context, may sleep, without RTNL.
 */
void nfvs_ingress_net_exit(struct nfvs_net *nn)
{
	cancel_delayed_work_sync(&nn->settle_work);
}

/* Rules are often replaced, which may look as if they were gone. */
#define NFVS_INGRESS_PATIENCE (HZ / 10)

/**
 * nfvs_ingress_in_vain() - there was nothing to do for a packet, since somebody else listens
 * @nn: namespace
 * @v6: the packet is of IPv6
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 */
void nfvs_ingress_in_vain(struct nfvs_net *nn, bool v6)
{
	bool other_is_known = rcu_access_pointer(nn->fast->listeners[!v6]);

	if (nfvs_is_hooked(nn, !v6) && other_is_known && nfvs_may_be_free(nn, !v6))
		return;
	queue_delayed_work(system_wq, &nn->settle_work, NFVS_INGRESS_PATIENCE);
}

/**
 * nfvs_ingress_missed() - nobody listened to a packet that could have been taken from its device
 * @nn: namespace
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 */
void nfvs_ingress_missed(struct nfvs_net *nn)
{
	/* For each packet until RTNL is free: what is pending comes soon enough. */
	if (!delayed_work_pending(&nn->settle_work))
		queue_delayed_work(system_wq, &nn->settle_work, 0);
}

/**
 * nfvs_ingress_enable() - take packets from all devices, from now to nfvs_ingress_disable()
 * @nn: namespace that sees packets of another family; its cfg_lock is held
 *
 * Context: process context, may sleep.
 */
void nfvs_ingress_enable(struct nfvs_net *nn)
{
	struct net_device *dev;

	rtnl_lock();
	if (!nn->fast->armed) {
		nn->fast->armed = true;
		for_each_netdev(nn->net, dev)
			nfvs_early_note_device(nn, dev);
	}
	nfvs_ingress_set(nn, nfvs_ingress_is_of_use(nn));
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
	if (!nn->fast)
		return;
	rtnl_lock();
	nn->fast->armed = false;
	nfvs_ingress_set(nn, false);
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
		if (fast->taking && !nfvs_ingress_find(fast, dev))
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
