package dev.pawl.service.notification;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The outcomes that notifications tell of. */
public enum NotificationEvent {
    /** A job has failed. */
    FAILED,
    /** A job has completed, and the one before it with the same title and modules had failed. */
    COMPLETED_AFTER_FAILING,
    /** A job has been running for longer than the rule says. */
    RUNNING_LONGER_THAN,
    /** A job has been waiting for longer than the rule says. */
    WAITING_LONGER_THAN,
    /** A due time of a schedule got no job: it passed while no server ran, or its job could not be added. */
    MISSED,
    /** Someone tries the rule. */
    TEST;

    /** The event with a wire name. */
    public static Optional<NotificationEvent> of(String wireName) {
        return Stream.of(values())
                .filter(event -> event.wireName().equals(wireName))
                .findFirst();
    }

    /** The word on the wire, such as {@code completed_after_failing}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
