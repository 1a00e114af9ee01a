/* SPDX-License-Identifier: GPL-2.0-only */
/* From where a state machine looks at a connection. */
#ifndef NFVS_CORE_VIEW_H
#define NFVS_CORE_VIEW_H

/**
 * enum nfvs_view - which packet of a connection is being looked at
 * @NFVS_VIEW_REQUEST: from the client; the replies pass here as well
 * @NFVS_VIEW_REPLY: from the real server
 * @NFVS_VIEW_REQUEST_ONLY: from the client; the replies take another way
 * @NFVS_VIEWS: how many there are
 */
enum nfvs_view {
	NFVS_VIEW_REQUEST,
	NFVS_VIEW_REPLY,
	NFVS_VIEW_REQUEST_ONLY,
	NFVS_VIEWS
};

#endif
