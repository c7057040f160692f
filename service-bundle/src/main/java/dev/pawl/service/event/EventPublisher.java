package dev.pawl.service.event;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of a bundle's events to the {@link EventSink}. A component has it bound as a dynamic, optional service. Costs a look at one
 * field while nobody follows. Safe for many threads.
 */
public final class EventPublisher {

    private volatile @Nullable EventSink sink;

    /** Publishes to a sink from now on. */
    public void bind(EventSink found) {
        sink = found;
    }

    /** Publishes no more, unless another sink has come meanwhile. */
    public void unbind(EventSink gone) {
        if (gone.equals(sink)) {
            sink = null;
        }
    }

    /** Whether someone follows. */
    public boolean isFollowed() {
        return sink != null;
    }

    /**
     * Publishes an event, which is made only when someone follows. Called when what it tells can be read, and never fails.
     *
     * @param event makes the event from what is in memory
     */
    public void publish(Supplier<? extends Event> event) {
        EventSink following = sink;
        if (following != null) {
            try {
                following.add(event.get());
            } catch (RuntimeException e) { // what it tells has happened all the same
                following.lost("An event could not be made: " + e);
            }
        }
    }

    /** Notes that events were lost. */
    public void lost(String why) {
        EventSink following = sink;
        if (following != null) {
            following.lost(why);
        }
    }
}
