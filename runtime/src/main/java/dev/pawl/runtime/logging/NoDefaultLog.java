package dev.pawl.runtime.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Keeps logback from searching for a configuration of its own when {@link Logging} is about to give it one: the search takes 2 % of a start. Named
 * in {@code META-INF/services}.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class NoDefaultLog extends ContextAwareBase implements Configurator {

    private static volatile boolean configured;

    /** Logback is configured as soon as it is there. */
    static void expect() {
        configured = true;
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        return configured ? ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY : ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
}
