// SPDX-License-Identifier: GPL-2.0-only
/*
 * nfvs: a layer-4 load balancer in the manner of IPVS.
 *
 * Start and end of the module and of namespaces.  A namespace ends in two steps, with a grace
 * period between them: first packets are kept out, then everything is taken apart.
 */

#include <linux/init.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <net/net_namespace.h>

#include "hook/hook.h"
#include "nl/nl.h"
#include "obj/conn.h"
#include "obj/netns.h"
#include "proc/proc.h"
#include "proc/sysctl.h"
#include "xmit/xmit.h"
#ifdef NFVS_DEBUG
#include "selftest/selftest.h"
#endif

static bool ipvs_names = true;
module_param(ipvs_names, bool, 0444);
MODULE_PARM_DESC(ipvs_names, "Take the names of in-tree ip_vs if they are free");

#ifdef NFVS_DEBUG
static bool selftests = true;
module_param(selftests, bool, 0444);
MODULE_PARM_DESC(selftests, "Run the self-tests before anything else is done");
#endif

/* Decided once, for all namespaces: ipvs_names, and ip_vs was not there first. */
static bool nfvs_has_ipvs_names __ro_after_init;

/*
 * ip_vs would find its files in /proc/net taken, warn with a stack trace, and only then fail.  So
 * it is told earlier, and the administrator why.
 */
static int nfvs_meet_module(struct notifier_block *self, unsigned long event, void *data)
{
	const struct module *module = data;

	if (event != MODULE_STATE_COMING || strcmp(module->name, "ip_vs"))
		return NOTIFY_DONE;
	pr_warn("nfvs: ip_vs cannot load, nfvs has its names; ipvs_names=0 would let both load\n");
	return notifier_from_errno(-EBUSY);
}

static struct notifier_block nfvs_module_notifier = {
	.notifier_call = nfvs_meet_module,
};

/* Namespaces, from the end of nfvs_pernet_init() to nfvs_pernet_exit(). */
static LIST_HEAD(nfvs_nets);
static DEFINE_MUTEX(nfvs_nets_lock);

static int __net_init nfvs_pernet_init(struct net *net)
{
	struct nfvs_net *nn = nfvs_pernet(net);
	int err;

	err = nfvs_net_init(nn, net);
	if (err)
		return err;
	nn->see_packets = nfvs_hooks_enable;
	nn->tell = &nfvs_nl_event_ops;
	nfvs_ingress_net_init(nn);
	nfvs_defense_net_init(nn);
	err = nfvs_sysctl_net_init(nn, nfvs_has_ipvs_names);
	if (err)
		goto err_net;
	err = nfvs_proc_net_init(nn, nfvs_has_ipvs_names);
	if (err)
		goto err_sysctl;
	mutex_lock(&nfvs_nets_lock);
	list_add(&nn->node, &nfvs_nets);
	mutex_unlock(&nfvs_nets_lock);
	return 0;

err_sysctl:
	nfvs_sysctl_net_exit(nn);
	nfvs_defense_net_exit(nn);
err_net:
	nfvs_net_exit(nn);
	return err;
}

/* A grace period passes between this and nfvs_pernet_exit(). */
static void __net_exit nfvs_pernet_pre_exit(struct net *net)
{
	nfvs_hooks_disable(nfvs_pernet(net));
}

static void __net_exit nfvs_pernet_exit(struct net *net)
{
	struct nfvs_net *nn = nfvs_pernet(net);

	mutex_lock(&nfvs_nets_lock);
	list_del(&nn->node);
	mutex_unlock(&nfvs_nets_lock);
	nfvs_proc_net_exit(nn);
	nfvs_sysctl_net_exit(nn);
	nfvs_ingress_net_exit(nn);
	nfvs_defense_net_exit(nn);
	nfvs_net_exit(nn);
}

static struct pernet_operations nfvs_pernet_ops = {
	.init = nfvs_pernet_init,
	.pre_exit = nfvs_pernet_pre_exit,
	.exit = nfvs_pernet_exit,
	.id = &nfvs_net_id,
	.size = sizeof(struct nfvs_net),
};

static int __init nfvs_init(void)
{
	int err;

	err = nfvs_dest_module_init();
	if (err)
		return err;
	err = nfvs_conn_module_init();
	if (err)
		goto err_dest;
	nfvs_has_ipvs_names = ipvs_names && !init_net.ipvs;
	if (nfvs_has_ipvs_names) {
		err = register_module_notifier(&nfvs_module_notifier);
		if (err)
			goto err_conn;
	}
	err = register_pernet_subsys(&nfvs_pernet_ops);
	if (err)
		goto err_notifier;
#ifdef NFVS_DEBUG
	err = selftests ? nfvs_selftests() : 0;
	if (err)
		goto err_pernet;
#endif
	err = nfvs_route_init();
	if (err)
		goto err_pernet;
	err = nfvs_ingress_init();
	if (err)
		goto err_route;
	err = nfvs_early_init();
	if (err)
		goto err_ingress;
	/* Last: from here on requests come in. */
	err = nfvs_nl_init(ipvs_names);
	if (err)
		goto err_early;
	return 0;

err_early:
	nfvs_early_exit();
err_ingress:
	nfvs_ingress_exit();
err_route:
	nfvs_route_exit();
err_pernet:
	unregister_pernet_subsys(&nfvs_pernet_ops);
err_notifier:
	if (nfvs_has_ipvs_names)
		unregister_module_notifier(&nfvs_module_notifier);
err_conn:
	/* Objects freed by RCU go before their caches and the code that frees them. */
	rcu_barrier();
	nfvs_conn_module_exit();
err_dest:
	nfvs_dest_module_exit();
	return err;
}

/*
 * Packets keep routes, and with them devices.  Those who would tell that a device goes must not be
 * gone before packets are: a namespace that ends at the same time would wait for its devices for
 * ever.
 */
static void nfvs_end_packets(void)
{
	struct nfvs_net *nn;

	mutex_lock(&nfvs_nets_lock);
	list_for_each_entry(nn, &nfvs_nets, node)
		nfvs_hooks_disable(nn);
	mutex_unlock(&nfvs_nets_lock);
	synchronize_net();
}

static void __exit nfvs_exit(void)
{
	nfvs_nl_exit();
	nfvs_end_packets();
	nfvs_early_exit();
	nfvs_ingress_exit();
	nfvs_route_exit();
	unregister_pernet_subsys(&nfvs_pernet_ops);
	if (nfvs_has_ipvs_names)
		unregister_module_notifier(&nfvs_module_notifier);
	rcu_barrier();
	nfvs_conn_module_exit();
	nfvs_dest_module_exit();
}

module_init(nfvs_init);
module_exit(nfvs_exit);

MODULE_DESCRIPTION("Layer-4 load balancer in the manner of IPVS");
MODULE_LICENSE("GPL");
MODULE_VERSION(NFVS_VERSION);
