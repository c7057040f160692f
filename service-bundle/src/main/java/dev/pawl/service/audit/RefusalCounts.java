package dev.pawl.service.audit;

import dev.pawl.service.access.Principal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The refusals of one period. A caller can make as many as it likes, so only the first ones of a kind are entries of their own; the others are
 * counted, and one more entry tells how many there were. A kind is what one caller attempts from one address, or from one IPv6 network of 64
 * bits. Memory and the number of entries are bounded, whatever is attempted. Safe for use by several threads.
 */
public final class RefusalCounts {

    /** The refusals of a kind that are entries of their own; of callers without a good token, who all have the same name, only one. */
    static final int ALONE = 10;

    /** The refusals of all kinds that are. */
    static final int MOST_ALONE = 200;

    /** The kinds that are counted apart; those of others are counted together. */
    static final int MOST_KINDS = 200;

    private static final int NETWORK_BYTES = 8;
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final String SEVERAL = "several";
    private static final Kind OTHERS = new Kind(SEVERAL, SEVERAL, SEVERAL, AuditOutcome.REFUSED);

    private Map<Kind, Count> kinds = new LinkedHashMap<>();
    private int alone;

    private record Kind(String who, String network, String action, AuditOutcome outcome) {

        static Kind of(AuditEntry refusal) {
            return new Kind(refusal.who(), networkOf(refusal.remote()), refusal.action(), refusal.outcome());
        }
    }

    /** The refusals of a kind. */
    private static final class Count {
        int alone;
        long others;
        Instant from = Instant.MAX;
        Instant to = Instant.MIN;
        AuditEntry last;

        Count(AuditEntry first) {
            last = first;
        }

        void add(AuditEntry refusal) {
            others++;
            note(refusal.at());
            last = refusal;
        }

        void add(Count earlier) {
            others += earlier.others;
            note(earlier.from);
            note(earlier.to);
        }

        private void note(Instant at) {
            from = at.isBefore(from) ? at : from;
            to = at.isAfter(to) ? at : to;
        }

        AuditEntry entry(Kind kind, Instant now) {
            boolean several = kind.equals(OTHERS);
            return new AuditEntry(
                    now,
                    several ? SEVERAL : last.who(),
                    several ? Principal.NOBODY.role().wireName() : last.role(),
                    several ? SEVERAL : last.remote(),
                    last.door(),
                    several ? "several.refusals" : last.action(),
                    "",
                    kind.outcome(),
                    last.requestId(),
                    String.format(
                            Locale.ROOT, "%,d more from %s to %s; the last one: %s", others, from, to, last.detail()));
        }
    }

    /** Counts that were taken out, to be told by entries. */
    public static final class Taken {

        private final Map<Kind, Count> kinds;

        private Taken(Map<Kind, Count> kinds) {
            this.kinds = kinds;
        }

        /** The entries that tell them; none when every refusal was an entry of its own. */
        public List<AuditEntry> entries(Instant now) {
            return kinds.entrySet().stream()
                    .filter(counted -> counted.getValue().others > 0)
                    .map(counted -> counted.getValue().entry(counted.getKey(), now))
                    .toList();
        }
    }

    /** Whether a refusal is to be an entry of its own; it has been counted when it is not. */
    public synchronized boolean isEntry(AuditEntry refusal) {
        Count count = count(refusal);
        int most = refusal.who().equals(Principal.NOBODY.name()) ? 1 : ALONE;
        if (count.alone < most && alone < MOST_ALONE) {
            count.alone++;
            alone++;
            return true;
        }
        count.add(refusal);
        return false;
    }

    /** Counts a refusal whose entry could not be appended. */
    public synchronized void add(AuditEntry refusal) {
        count(refusal).add(refusal);
    }

    /** Ends the period, and begins the next. */
    public synchronized Taken take() {
        Taken taken = new Taken(kinds);
        kinds = new LinkedHashMap<>();
        alone = 0;
        return taken;
    }

    /** Counts those again whose entries could not be appended. */
    public synchronized void putBack(Taken taken) {
        taken.kinds.forEach((kind, earlier) -> {
            if (earlier.others > 0) {
                count(kind, earlier.last).add(earlier);
            }
        });
    }

    private Count count(AuditEntry refusal) {
        return count(Kind.of(refusal), refusal);
    }

    private Count count(Kind kind, AuditEntry refusal) {
        Kind counted = kinds.containsKey(kind) || kinds.size() < MOST_KINDS ? kind : OTHERS;
        return kinds.computeIfAbsent(counted, first -> new Count(refusal));
    }

    private static String networkOf(String remote) {
        if (!IPV6.matcher(remote).matches()) {
            return remote;
        }
        try {
            byte[] address = InetAddress.getByName(remote).getAddress(); // a literal: nothing is looked up
            return HexFormat.of().formatHex(address, 0, Math.min(NETWORK_BYTES, address.length));
        } catch (UnknownHostException malformed) {
            return remote;
        }
    }
}
