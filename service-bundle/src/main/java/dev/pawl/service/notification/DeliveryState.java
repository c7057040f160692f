package dev.pawl.service.notification;

import java.util.Locale;

/** The state of a delivery. */
public enum DeliveryState {
    /** It is due, or will be tried again. */
    WAITING,
    /** The receiver has answered with 2xx. */
    DELIVERED,
    /** It is not tried again by itself: the receiver does not want it, or the last try is over. */
    FAILED;

    /** The state with a wire name. */
    public static DeliveryState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** The word on the wire, such as {@code waiting}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
