// SPDX-License-Identifier: GPL-2.0-only
/*
 * Round robin, weighted round robin and the comparison of loads.
 *
 * The order in which rr and wrr pick is part of the interface: people count on the exact
 * proportions and on the interleaving that in-tree IPVS gives, so both are matched pick by pick,
 * including where the next search starts after one that found nobody. No search here takes more
 * than three walks over the array, whatever the weights.
 */
#include "core/sched_math.h"

static s32 gcd_of_two(s32 a, s32 b)
{
	while (b) {
		s32 rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/**
 * nfvs_measure_weights - what weights have in common
 * @weight: weights
 * @n: how many
 *
 * Return: their measure.
 */
struct nfvs_measure nfvs_measure_weights(const s32 *weight, u32 n)
{
	struct nfvs_measure measure = { 0 };
	u32 i;

	for (i = 0; i < n; i++) {
		if (weight[i] <= 0)
			continue;
		measure.divisor = gcd_of_two(weight[i], measure.divisor);
		measure.highest = max(measure.highest, weight[i]);
	}
	return measure;
}

/**
 * nfvs_measure_more - take all servers of another measure into one
 * @measure: the one
 * @more: the other
 */
void nfvs_measure_more(struct nfvs_measure *measure, const struct nfvs_measure *more)
{
	/* Of many groups, most have in common what the first ones have. */
	if (measure->divisor != 1 && measure->divisor != more->divisor)
		measure->divisor = gcd_of_two(more->divisor, measure->divisor);
	measure->highest = max(measure->highest, more->highest);
}

static u32 after(u32 last, u32 n)
{
	return last < n ? last + 1 : 0;
}

static u32 find(const struct nfvs_row *row, u32 from, u32 to, s32 bar)
{
	return from < to ? row->find(row->ctx, from, to, bar) : to;
}

/**
 * nfvs_rr_next - the next server in turn
 * @last: index picked last, the row's n or more to start before the first
 * @row: the servers; one of weight 0 gets nothing
 *
 * The server picked last is looked at last, so a lone one is picked every time.
 *
 * Return: an index, the row's n if nobody can be picked; the caller then keeps its @last.
 */
u32 nfvs_rr_next(u32 last, const struct nfvs_row *row)
{
	u32 start = after(last, row->n);
	u32 found = find(row, start, row->n, 1);

	if (found < row->n)
		return found;
	found = find(row, 0, start, 1);
	return found < start ? found : row->n;
}

static void wrr_measure(struct nfvs_wrr *wrr, const struct nfvs_measure *measure)
{
	wrr->di = measure->divisor ? measure->divisor : 1;
	wrr->mw = max(measure->highest - (wrr->di - 1), 0);
}

/**
 * nfvs_wrr_init - start weighted round robin from the beginning
 * @wrr: the state
 * @measure: of all servers
 * @n: how many servers
 */
void nfvs_wrr_init(struct nfvs_wrr *wrr, const struct nfvs_measure *measure, u32 n)
{
	wrr_measure(wrr, measure);
	wrr->last = n;
	wrr->cw = wrr->mw;
}

/**
 * nfvs_wrr_update - carry weighted round robin over to a changed set of servers
 * @wrr: the state
 * @measure: of the new set
 * @new_last: where the search goes on: the new index of the server picked last, or the number of
 *	servers to begin the pass anew, which is what in-tree IPVS does at every change
 *
 * The bar stays where it was, moved down to the nearest value that the new weights can produce,
 * so frequent changes do not send every new round to the heaviest server.
 */
void nfvs_wrr_update(struct nfvs_wrr *wrr, const struct nfvs_measure *measure, u32 new_last)
{
	wrr_measure(wrr, measure);
	wrr->last = new_last;
	if (wrr->cw > wrr->mw || wrr->cw <= 0)
		wrr->cw = wrr->mw;
	else if (wrr->di > 1)
		wrr->cw = wrr->cw / wrr->di * wrr->di + 1;
	if (wrr->cw > wrr->mw)
		wrr->cw = wrr->mw;
}

/* The lowest bar of the passes that start at @bar; with a bar from wrr_measure() it is 1. */
static s32 wrr_lowest_bar(const struct nfvs_wrr *wrr, s32 bar)
{
	return (bar - 1) % wrr->di + 1;
}

/*
 * The bar of the next pass in which a server of weight @reachable takes part. Sinking the bar one
 * step at a time gives the same, but takes 2^31 passes when a server of that weight is overloaded
 * and the next one has weight 1.
 */
static s32 wrr_next_bar(const struct nfvs_wrr *wrr, s32 reachable)
{
	s32 bar = wrr->cw > wrr->di ? wrr->cw - wrr->di : wrr->mw;

	if (reachable < wrr_lowest_bar(wrr, bar))
		bar = wrr->mw;
	if (bar > reachable) {
		s32 steps = (bar - reachable - 1) / wrr->di + 1;

		bar -= steps * wrr->di;
	}
	return bar;
}

/*
 * Nobody can be picked. A search that began in the last pass has walked round to where it began
 * and stays there, in the last pass; any other has come to the end of a round.
 */
static void wrr_exhausted(struct nfvs_wrr *wrr, u32 n)
{
	if (wrr->last < n && wrr->cw <= wrr->di) {
		wrr->cw = wrr_lowest_bar(wrr, wrr->mw);
		return;
	}
	wrr->last = n;
	wrr->cw = wrr->mw;
}

/**
 * nfvs_wrr_next - the next server in weighted turn
 * @wrr: the state, moved on by the call; the caller serialises
 * @row: the servers; one of weight 0 or below gets nothing
 *
 * A round is a number of passes over the row. The bar starts at the highest weight and sinks by
 * the greatest common divisor from pass to pass; in each pass every server takes its turn whose
 * weight reaches the bar. So each gets its exact share per round, the heavy ones interleaved.
 *
 * Return: an index, the row's n if nobody can be picked.
 */
u32 nfvs_wrr_next(struct nfvs_wrr *wrr, const struct nfvs_row *row)
{
	s32 reachable;
	u32 found;

	if (wrr->mw <= 0)
		return row->n;

	found = find(row, after(wrr->last, row->n), row->n, max(wrr->cw, 1));
	if (found < row->n) {
		wrr->last = found;
		return found;
	}

	reachable = row->highest(row->ctx);
	if (!reachable) {
		wrr_exhausted(wrr, row->n);
		return row->n;
	}
	wrr->cw = wrr_next_bar(wrr, reachable);
	found = find(row, 0, row->n, wrr->cw);
	wrr->last = found;
	return found;
}

/* A 64-bit load times a 31-bit weight, exactly: value = high * 2^32 + low. */
struct wide_product {
	u64 high;
	u32 low;
};

static struct wide_product multiply(u64 load, u32 weight)
{
	u64 low = (load & U32_MAX) * weight;

	return (struct wide_product){
		.high = (load >> 32) * weight + (low >> 32),
		.low = (u32)low,
	};
}

/**
 * nfvs_load_less - is server a less loaded for its weight than server b
 * @load_a: load of a
 * @weight_a: weight of a
 * @load_b: load of b
 * @weight_b: weight of b
 *
 * Exact for every load and weight. A caller that walks the array and moves to a server only if
 * it is less loaded than the best so far gives ties to the first.
 *
 * Return: load_a / weight_a < load_b / weight_b. A weight of 0 or below counts as an infinite
 * load.
 */
bool nfvs_load_less(u64 load_a, s32 weight_a, u64 load_b, s32 weight_b)
{
	struct wide_product a, b;

	if (weight_a <= 0)
		return false;
	if (weight_b <= 0)
		return true;

	a = multiply(load_a, (u32)weight_b);
	b = multiply(load_b, (u32)weight_a);
	return a.high < b.high || (a.high == b.high && a.low < b.low);
}
