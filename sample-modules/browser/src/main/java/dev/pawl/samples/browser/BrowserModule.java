package dev.pawl.samples.browser;

import dev.pawl.api.module.AdminOnly;
import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.Secret;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** Does steps in the pages of a headless Chromium: loads, fills, clicks, waits, extracts and takes pictures. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "browser",
        name = "Browser",
        description = "Fills forms, clicks, extracts data and takes screenshots in a headless Chromium.",
        capabilities = {"browser", "proxy", "sample"},
        enabled = false,
        inputs = BrowserModule.Inputs.class,
        settings = BrowserModule.Settings.class)
public final class BrowserModule implements Module {

    /**
     * The steps of a task, and the way in which its pages are loaded.
     *
     * @param steps the first is a goto
     * @param proxy whether to load pages through the proxy of the settings
     * @param session tasks with the same session share cookies, and the address that a rotating proxy gives them
     * @param geo the place at which a rotating proxy leaves
     * @param secrets texts for fill, by name
     * @param width of the window
     * @param height of the window
     * @param userAgent Chromium's own when null
     */
    public record Inputs(
            @Required @Description("What to do, in order; the first step is a goto.")
            List<Step> steps,

            @Default("false") @Description("Whether pages are loaded through the configured proxy.")
            boolean proxy,

            @Description(
                    "Tasks with the same session share their cookies, and a rotating proxy keeps one address for them.")
            @Nullable
            String session,

            @Description("The place at which pages leave the proxy, such as us, us-ny or newyork.") @Nullable
            String geo,

            @Secret @Description("Texts that a step of action fill enters, by name; they are never shown.") @Nullable
            Map<String, String> secrets,

            @Default("1920") @Bounds(min = 100, max = 8_192) @Description("The width of the window, in pixels.")
            int width,

            @Default("1080") @Bounds(min = 100, max = 8_192) @Description("The height of the window, in pixels.")
            int height,

            @Description("The user agent that pages see; Chromium's own when not given.") @Nullable
            String userAgent) {}

    /**
     * The settings of the module.
     *
     * @param allowedHosts the hosts that pages are loaded from; none by default
     * @param privateHosts names and networks that may lead to addresses which are not public
     * @param allowEvaluate whether steps may run their own JavaScript
     * @param stepTimeoutS the longest time for a step without its own
     * @param chromium the path of Chromium's executable
     * @param browserPoolSize the most browsers at once
     * @param browserRestartHours the age at which a browser is replaced
     * @param browserRestartPages after so many tasks a browser is replaced
     * @param browserIdleMinutes an unused browser ends after so long
     * @param proxyUrl the URL of a proxy
     * @param proxyRotationUrl the URL of the proxy for tasks with a session
     */
    public record Settings(
            @AdminOnly
            @Description(
                    "Hosts that pages are loaded from: example.com, *.example.com, example.com:8443, addresses, networks, or *.")
            @Nullable
            List<String> allowedHosts,

            @AdminOnly
            @Description("Names that may lead to addresses which are not public, and networks of such addresses.")
            @Nullable
            List<String> privateHosts,

            @AdminOnly @Default("false") @Description("Whether steps of action evaluate run their own JavaScript.")
            boolean allowEvaluate,

            @Default("30") @Bounds(min = 1, max = 3_600) @Description("The longest time for a step, in seconds.")
            int stepTimeoutS,

            @AdminOnly @Description("The path of Chromium, when it is not on the PATH.") @Nullable
            String chromium,

            @AdminOnly @Default(Limits.BROWSERS) @Bounds(min = 1, max = 32) @Description("The most browsers at once.")
            int browserPoolSize,

            @AdminOnly
            @Default(Limits.HOURS)
            @Bounds(min = 1, max = 168)
            @Description("After so many hours a browser is replaced.")
            int browserRestartHours,

            @AdminOnly
            @Default(Limits.PAGES)
            @Bounds(min = 1, max = 100_000)
            @Description("After so many tasks a browser is replaced.")
            int browserRestartPages,

            @AdminOnly
            @Default(Limits.IDLE_MINUTES)
            @Bounds(min = 1, max = 1_440)
            @Description("After so many unused minutes a browser ends.")
            int browserIdleMinutes,

            @AdminOnly
            @Secret
            @Description("URL of a proxy: http://user:password@host:port, with {session}, {geo} or {geo_suffix} in it.")
            @Nullable
            String proxyUrl,

            @AdminOnly
            @Secret
            @Description("URL of the proxy for tasks with a session, with {session} in it.")
            @Nullable
            String proxyRotationUrl) {}

    private final BrowserPool pool;

    /** @param pool there when Chromium is */
    @Activate
    public BrowserModule(@Reference(name = "chromium") BrowserPool pool) {
        this.pool = pool;
    }

    @Override
    public void validate(TaskContext task) throws ValidationException {
        Tab.Reach reach = reach(task);
        steps(task, reach.hosts()).check();
    }

    @Override
    public void run(TaskContext task) throws Exception {
        Tab.Reach reach = reach(task);
        new TaskRun(task, pool, steps(task, reach.hosts()), reach).run();
    }

    private static Steps steps(TaskContext task, AllowedHosts hosts) {
        Inputs inputs = task.inputs(Inputs.class);
        Map<String, String> secrets = inputs.secrets() == null ? Map.of() : inputs.secrets();
        return new Steps(
                inputs.steps(), hosts, secrets, task.settings(Settings.class).allowEvaluate());
    }

    private static Tab.Reach reach(TaskContext task) throws ValidationException {
        Inputs inputs = task.inputs(Inputs.class);
        Settings settings = task.settings(Settings.class);
        return new Tab.Reach(
                AllowedHosts.of(settings.allowedHosts(), settings.privateHosts()),
                inputs.proxy()
                        ? Upstream.of(settings.proxyUrl(), settings.proxyRotationUrl(), inputs.session(), inputs.geo())
                        : null);
    }
}
