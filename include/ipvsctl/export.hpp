// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Visibility of the library's symbols: everything is hidden but what carries IPVSCTL_API.
 */
#pragma once

#define IPVSCTL_API __attribute__((visibility("default")))
