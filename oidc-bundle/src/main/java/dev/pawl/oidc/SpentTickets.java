package dev.pawl.oidc;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The states of tickets that were shown, so that each is good once. The oldest ones are forgotten; the issuer takes each code only once, too. Safe for
 * use by several threads.
 */
final class SpentTickets {

    private static final int MOST = 10_000;

    private final Set<String> states = new LinkedHashSet<>();

    /** Spends a ticket; false when that was done before. */
    synchronized boolean spend(SignInTicket ticket) {
        boolean first = states.add(ticket.state());
        if (states.size() > MOST) {
            var oldest = states.iterator();
            oldest.next();
            oldest.remove();
        }
        return first;
    }
}
