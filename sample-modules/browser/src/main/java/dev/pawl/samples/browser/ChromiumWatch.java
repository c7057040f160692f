package dev.pawl.samples.browser;

import dev.pawl.api.module.ValidationException;
import java.time.Duration;
import java.util.Map;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Looks for a Chromium that was installed after the module, and starts {@link ChromiumPool} when it has come. */
@Component(
        service = {},
        immediate = true,
        configurationPid = ChromiumPool.SETTINGS)
public final class ChromiumWatch {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final ComponentContext components;
    private final Map<String, Object> settings;
    private final Ticker ticker;

    /** Begins to look. */
    @Activate
    public ChromiumWatch(ComponentContext components, Map<String, Object> settings) {
        this.components = components;
        this.settings = settings;
        ticker = new Ticker("browser-watch", LOOK_EVERY, this::look);
    }

    /** Ends the looking. */
    @Deactivate
    public void deactivate() {
        ticker.close();
    }

    private void look() {
        if (components.getBundleContext().getServiceReference(BrowserPool.class) != null) {
            return;
        }
        try {
            Chromium.find(ChromiumPool.path(settings));
        } catch (ValidationException notYet) {
            return;
        }
        components.disableComponent(ChromiumPool.NAME);
        components.enableComponent(ChromiumPool.NAME);
    }
}
