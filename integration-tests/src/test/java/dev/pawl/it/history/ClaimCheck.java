package dev.pawl.it.history;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Compares each claim of a server with its lease, and with what it was to run and ran, at some moment of the transaction that made it. */
final class ClaimCheck {

    /** The longest time from the moment of a commit to that at which others see it, in microseconds: its flush. */
    private static final long SEEN_WITHIN = 1_000_000;

    private final LeaseTimes leases;
    private final List<Fact> facts;
    private final BiConsumer<Invariant, String> violations;

    ClaimCheck(History history, BiConsumer<Invariant, String> violations) {
        this.leases = new LeaseTimes(history.leases());
        this.facts = history.facts().stream()
                .sorted(Comparator.comparingLong(Fact::committed)) // those of one transaction stay in order
                .toList();
        this.violations = violations;
    }

    void judge(Stream<Move> claims) {
        Serving before = new Serving();
        int at = 0;
        for (Move claim : claims.sorted(Comparator.comparingLong(Move::began)).toList()) {
            if (!leases.isHeld(claim.owner(), claim)) {
                violations.accept(Invariant.CLAIM_HAS_LEASE, claim.toString());
            }
            for (; at < facts.size() && facts.get(at).committed() < claim.began() - SEEN_WITHIN; at++) {
                before.take(facts.get(at));
            }
            judge(claim, before, at);
        }
    }

    private void judge(Move claim, Serving before, int from) {
        Set<String> modules = Set.of(claim.moduleKey().split(",", -1));
        List<String> not = before.notServed(claim.owner(), modules);
        if (not.isEmpty()) {
            return;
        }
        Serving now = before.copy();
        for (int at = from; at < facts.size() && facts.get(at).committed() <= claim.at(); at++) {
            now.take(facts.get(at));
            boolean isWhole = at + 1 == facts.size()
                    || facts.get(at + 1).txid() != facts.get(at).txid();
            if (isWhole && now.notServed(claim.owner(), modules).isEmpty()) {
                return;
            }
        }
        violations.accept(Invariant.CLAIM_IS_SERVED, claim + ", of " + modules + ": another version of " + not);
    }
}
