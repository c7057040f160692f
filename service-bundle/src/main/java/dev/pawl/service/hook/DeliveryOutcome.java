package dev.pawl.service.hook;

import java.util.Locale;

/** The outcome of a call of a hook. */
public enum DeliveryOutcome {
    /** A job was added. */
    STARTED,
    /** An earlier delivery had the same id; its job is named, and none was added. */
    DUPLICATE,
    /** Another job holds the unique key of the job; it is named, and none was added. */
    EXISTING,
    /** A condition of the hook does not hold. */
    FILTERED,
    /** The sender tried out the hook. */
    PING,
    /** The hook is paused. */
    PAUSED,
    /** The call was refused: its proof is wrong, or it does not fit the hook, or its job was refused. */
    REFUSED;

    /** The outcome with a wire name. */
    public static DeliveryOutcome of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** The lower-case word on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
