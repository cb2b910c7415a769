/* SPDX-License-Identifier: MIT */
/*
 * Our own Message-IDs: "ATTEMPT.CHECK@DOMAIN". CHECK is made with the store's secret, so that a reference to
 * an answer of ours can be told from an invented one. The store keeps them under @amends.invalid; the
 * transport sends them under the shop's domain, and what comes back is put right here. Called inside a write.
 */
#pragma once
#include "store/answer.h"
#include "store/sql.h"

/* The id of the answer that `attempt` became. Owned; NULL and *error on a fault. */
char *own_id(struct store *s, const char *attempt, GError **error);

/* Gives the Message-ID and the references of a mail that are ours, under whatever domain, the form the store
 * keeps. */
bool own_ids_restore(struct store *s, struct incoming *m, GError **error);
