// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attributes that several commands carry.
 *
 * Parsing is as liberal as in ip_vs where tools rely on it (nests without their flag, IPv4
 * addresses of 4 or 16 bytes, attributes that a command does not need), and no more: whatever
 * is refused is refused with a sentence.
 */

#include <linux/in.h>

#include "compat.h"
#include "nl/nl.h"

/**
 * nfvs_nl_parse_nest() - parse a nest of attributes
 * @tb: result, @max + 1 entries
 * @max: highest attribute known
 * @nest: the nest, or NULL if the message has none
 * @policy: of the nest
 * @missing: sentence for a message without the nest
 * @extack: receives the reason of a failure
 *
 * Return: 0 or -EINVAL.
 */
int nfvs_nl_parse_nest(struct nlattr **tb, int max, const struct nlattr *nest,
		       const struct nla_policy *policy, const char *missing,
		       struct netlink_ext_ack *extack)
{
	if (!nest) {
		if (extack)
			extack->_msg = missing;
		return -EINVAL;
	}
	return nla_parse_nested_deprecated(tb, max, nest, policy, extack) ? -EINVAL : 0;
}

/**
 * nfvs_nl_parse_af() - parse an address family
 * @af: result
 * @attr: u16
 * @extack: receives the reason of a failure
 *
 * Return: 0 or -EAFNOSUPPORT.
 */
int nfvs_nl_parse_af(u16 *af, const struct nlattr *attr, struct netlink_ext_ack *extack)
{
	*af = nla_get_u16(attr);
	if (*af == AF_INET || (IS_ENABLED(CONFIG_IPV6) && *af == AF_INET6))
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, attr, "address family must be IPv4 or IPv6");
	return -EAFNOSUPPORT;
}

/**
 * nfvs_nl_parse_addr() - parse an address
 * @addr: result; what an address does not fill is zero
 * @af: its family
 * @attr: 4 bytes of an IPv4 address, or 16 bytes which begin with it, or 16 of an IPv6 one
 * @extack: receives the reason of a failure
 *
 * Return: 0 or -EINVAL.
 */
int nfvs_nl_parse_addr(union nf_inet_addr *addr, u16 af, const struct nlattr *attr,
		       struct netlink_ext_ack *extack)
{
	memset(addr, 0, sizeof(*addr));
	if (af == AF_INET &&
	    (nla_len(attr) == sizeof(addr->ip) || nla_len(attr) == sizeof(*addr))) {
		addr->ip = nla_get_in_addr(attr);
		return 0;
	}
	if (af == AF_INET6 && nla_len(attr) == sizeof(addr->in6)) {
		addr->in6 = nla_get_in6_addr(attr);
		return 0;
	}
	NL_SET_ERR_MSG_ATTR(extack, attr, "length of address does not fit its family");
	return -EINVAL;
}

/**
 * nfvs_nl_parse_svc_key() - parse what identifies a service
 * @key: result
 * @tb: all attributes of the nest, NFVS_SVC_A_MAX + 1 entries
 * @nest: NFVS_A_SERVICE, or NULL if the message has none
 * @extack: receives the reason of a failure
 *
 * Return: 0, -EINVAL or -EAFNOSUPPORT.
 */
int nfvs_nl_parse_svc_key(struct nfvs_svc_key *key, struct nlattr **tb, const struct nlattr *nest,
			  struct netlink_ext_ack *extack)
{
	int err = nfvs_nl_parse_nest(tb, NFVS_SVC_A_MAX, nest, nfvs_nl_svc_policy,
				     "a service must be named", extack);

	if (err)
		return err;
	memset(key, 0, sizeof(*key));
	if (!tb[NFVS_SVC_A_AF] ||
	    (!tb[NFVS_SVC_A_FWMARK] &&
	     !(tb[NFVS_SVC_A_PROTOCOL] && tb[NFVS_SVC_A_ADDR] && tb[NFVS_SVC_A_PORT]))) {
		NL_SET_ERR_MSG_ATTR(extack, nest,
				    "a service needs mark, or protocol, address, port");
		return -EINVAL;
	}
	err = nfvs_nl_parse_af(&key->af, tb[NFVS_SVC_A_AF], extack);
	if (err)
		return err;

	if (tb[NFVS_SVC_A_FWMARK]) {
		key->fwmark = nla_get_u32(tb[NFVS_SVC_A_FWMARK]);
		if (key->fwmark)
			return 0;
		NL_SET_ERR_MSG_ATTR(extack, tb[NFVS_SVC_A_FWMARK],
				    "firewall mark of a service must not be 0");
		return -EINVAL;
	}
	if (nla_get_u16(tb[NFVS_SVC_A_PROTOCOL]) > U8_MAX) {
		NL_SET_ERR_MSG_ATTR(extack, tb[NFVS_SVC_A_PROTOCOL], "no such protocol");
		return -EINVAL;
	}
	key->proto = nla_get_u16(tb[NFVS_SVC_A_PROTOCOL]);
	key->port = nla_get_be16(tb[NFVS_SVC_A_PORT]);
	return nfvs_nl_parse_addr(&key->addr, key->af, tb[NFVS_SVC_A_ADDR], extack);
}

/**
 * nfvs_nl_get_svc() - the service that a message names
 * @nn: namespace; its cfg_lock is held
 * @nest: NFVS_A_SERVICE, or NULL if the message has none
 * @extack: receives the reason of a failure
 *
 * Return: the service, or an ERR_PTR: -EINVAL, -EAFNOSUPPORT, -ESRCH.
 */
struct nfvs_svc *nfvs_nl_get_svc(struct nfvs_net *nn, const struct nlattr *nest,
				 struct netlink_ext_ack *extack)
{
	struct nlattr *tb[NFVS_SVC_A_MAX + 1] nfvs_uninitialized;
	struct nfvs_svc_key key nfvs_uninitialized;
	struct nfvs_svc *svc;
	int err;

	err = nfvs_nl_parse_svc_key(&key, tb, nest, extack);
	if (err)
		return ERR_PTR(err);
	svc = nfvs_svc_find(nn, &key);
	if (svc)
		return svc;
	NL_SET_ERR_MSG_ATTR(extack, nest, "no such service");
	return ERR_PTR(-ESRCH);
}
