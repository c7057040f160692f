package dev.pawl.leak;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registry of somebody else, which keeps what it is given. */
public final class ForeignRegistry {

    public static final List<Object> KEPT = new CopyOnWriteArrayList<>();

    private ForeignRegistry() {}
}
