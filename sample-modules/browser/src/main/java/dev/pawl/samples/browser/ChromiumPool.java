package dev.pawl.samples.browser;

import dev.pawl.api.module.InitializationException;
import dev.pawl.api.module.ValidationException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers a {@link BrowserPool}, which the module needs, on a machine with a Chromium. Elsewhere its activation fails with a sentence that says what to
 * install; {@link ChromiumWatch} tries again.
 */
@Component(
        name = ChromiumPool.NAME,
        service = {},
        immediate = true,
        configurationPid = ChromiumPool.SETTINGS)
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"dev.pawl.samples.browser.BrowserPool\"",
        effective = "active")
public final class ChromiumPool {

    static final String NAME = "dev.pawl.samples.browser.chromium";

    /** The PID under which the module's settings are kept. */
    static final String SETTINGS = "dev.pawl.module.browser";

    private static final Logger LOG = LoggerFactory.getLogger(ChromiumPool.class);
    private static final Duration TIDY_EVERY = Duration.ofSeconds(10);

    private final BrowserPool pool;
    private final Ticker ticker;
    private final ServiceRegistration<BrowserPool> offer;

    /**
     * Finds Chromium and offers the pool.
     *
     * @throws InitializationException when there is no Chromium
     */
    @Activate
    public ChromiumPool(BundleContext context, Map<String, Object> settings) {
        pool = new BrowserPool(found(settings), Limits.of(settings), InstantSource.system());
        ticker = new Ticker("browser-upkeep", TIDY_EVERY, pool::tidy);
        offer = context.registerService(BrowserPool.class, pool, null);
        if (Chromium.isRoot()) {
            LOG.warn("Chromium runs without its sandbox, since this server runs as root: run it as another user.");
        }
    }

    /** Takes changed settings over. Tasks keep the browsers that they have. */
    @Modified
    public void modified(Map<String, Object> settings) {
        pool.configure(found(settings), Limits.of(settings));
    }

    /** Ends all browsers. */
    @Deactivate
    public void deactivate() {
        offer.unregister();
        ticker.close();
        pool.close();
    }

    private static Chromium found(Map<String, Object> settings) {
        try {
            return Chromium.find(path(settings));
        } catch (ValidationException e) {
            throw new InitializationException(String.valueOf(e.getMessage()));
        }
    }

    /** The setting {@code chromium}. */
    static @Nullable String path(Map<String, Object> settings) {
        return settings.get("chromium") instanceof String path ? path : null;
    }
}
