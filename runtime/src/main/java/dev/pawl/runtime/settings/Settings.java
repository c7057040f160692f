package dev.pawl.runtime.settings;

import dev.pawl.base.duration.DurationText;
import dev.pawl.base.net.Loopback;
import dev.pawl.runtime.files.Distribution;
import dev.pawl.runtime.settings.SettingList.Folders;
import dev.pawl.runtime.settings.SettingList.HostList;
import dev.pawl.runtime.settings.SettingList.Origins;
import dev.pawl.runtime.settings.SettingList.RoleNames;
import dev.pawl.runtime.settings.SettingList.VariableNames;
import dev.pawl.runtime.settings.SettingSources.Found;
import dev.pawl.runtime.settings.SettingType.Hidden;
import dev.pawl.runtime.settings.SettingType.Host;
import dev.pawl.runtime.settings.SettingType.KeepingTime;
import dev.pawl.runtime.settings.SettingType.Line;
import dev.pawl.runtime.settings.SettingType.Location;
import dev.pawl.runtime.settings.SettingType.OptionalLocation;
import dev.pawl.runtime.settings.SettingType.OptionalPort;
import dev.pawl.runtime.settings.SettingType.OptionalUrl;
import dev.pawl.runtime.settings.SettingType.Share;
import dev.pawl.runtime.settings.SettingType.StoreUrl;
import dev.pawl.runtime.settings.SettingType.Time;
import dev.pawl.runtime.settings.SettingType.TrustedUrl;
import dev.pawl.runtime.settings.SettingType.WholeNumber;
import dev.pawl.runtime.settings.SettingType.Word;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The effective and checked settings of a server. */
public final class Settings {

    public static final String VERSION = "pawl.version";
    static final String HOME = "pawl.home";
    public static final String DATA = "pawl.data.dir";
    public static final String HOST = "pawl.api.host";
    public static final String PORT = "pawl.api.port";
    public static final String STORE_URL = "pawl.store.url";
    static final String AUTH = "pawl.auth";
    public static final String LOG_LEVEL = "pawl.log.level";
    private static final String ISSUER = "pawl.oidc.issuer";
    private static final String AUDIENCE = "pawl.oidc.audience";
    private static final String CLIENT_ID = "pawl.oidc.client.id";
    private static final String SMTP_HOST = "pawl.smtp.host";
    private static final String SMTP_TLS = "pawl.smtp.tls";
    private static final String SMTP_FROM = "pawl.smtp.from";
    private static final String SMTP_USER = "pawl.smtp.user";
    private static final String PUBLIC_URL = "pawl.public.url";
    static final String DISTRIBUTION_MODULES = "pawl.distribution.modules";

    /** The name of the property that lists all effective settings, for adapters that show them. */
    static final String NAMES = "pawl.settings";

    /** The name of the property that lists those whose values are never shown. */
    static final String SECRET_NAMES = "pawl.settings.secret";

    /** The table of settings. The data folder comes first, since others refer to it. */
    static final List<Setting> TABLE = List.of(
            Setting.of(DATA, new Location(), "~/.pawl").withFlag("--data-dir"),
            Setting.of("pawl.db.path", new Location(), "<data>/pawl.db"),
            Setting.of(STORE_URL, new StoreUrl(), ""),
            Setting.of("pawl.server.name", new Line(), ""),
            Setting.of("pawl.store.password", new Hidden(), ""),
            Setting.of("pawl.store.password.file", new OptionalLocation(), ""),
            Setting.of("pawl.modules.dir", new Location(), "<data>/modules"),
            Setting.of(HOST, new Host(), "127.0.0.1").withFlag("--host"),
            Setting.of(PORT, new WholeNumber(0, 65_535), "8420").withFlag("--port"),
            Setting.of("pawl.health.port", new OptionalPort(), ""),
            Setting.of("pawl.health.metrics", new Word(List.of("on", "off")), "off"),
            Setting.of(AUTH, new Word(List.of("token", "off")), "token"),
            Setting.of("pawl.cors.origins", new Origins(), ""),
            Setting.of("pawl.workers", new WholeNumber(1, 100_000), "16"),
            Setting.of("pawl.followers", new WholeNumber(1, 50_000), "1000"),
            Setting.of(LOG_LEVEL, new Word(List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR")), "INFO"),
            Setting.of("pawl.stop.grace", new Time(), "10s"),
            Setting.of("pawl.stop.abandon", new Time(), "5s"),
            Setting.of("pawl.client.expiry", new Time(Duration.ofSeconds(5)), "30s"),
            Setting.of("pawl.leak.check", new Time(), "20s"),
            Setting.of("pawl.keep.completed", new KeepingTime(), "30d"),
            Setting.of("pawl.keep.failed", new KeepingTime(), "90d"),
            Setting.of("pawl.keep.stopped", new KeepingTime(), "30d"),
            Setting.of("pawl.keep.audit", new KeepingTime(), "365d"),
            Setting.of("pawl.keep.callbacks", new KeepingTime(), "30d"),
            Setting.of("pawl.audit.max.mb", new WholeNumber(1, 100_000_000), "1024"),
            Setting.of("pawl.log.max.lines", new WholeNumber(100, 10_000_000), "100000"),
            Setting.of("pawl.log.max.mb", new WholeNumber(1, 2_000), "50"),
            Setting.of("pawl.artifacts.max.mb", new WholeNumber(1, 100_000_000), "10240"),
            Setting.of("pawl.trusted.keys", new OptionalLocation(), ""),
            Setting.of("pawl.file.roots", new Folders(), ""),
            Setting.of("pawl.module.hosts", new HostList(), ""),
            Setting.of("pawl.module.folders", new Folders(), ""),
            Setting.of("pawl.pip", new Word(List.of("offline", "online")), "offline"),
            Setting.of("pawl.pip.wheels", new OptionalLocation(), ""),
            Setting.of("pawl.proxy.url", new Hidden(), ""),
            Setting.of("pawl.proxy.rotation.url", new Hidden(), ""),
            Setting.of("pawl.proxy.hosts", new HostList(), ""),
            Setting.of("pawl.proxy.ca", new OptionalLocation(), ""),
            Setting.of("pawl.callback.hosts", new HostList(), "*"),
            Setting.of("pawl.callback.ca", new OptionalLocation(), ""),
            Setting.of(SMTP_HOST, new Line(), ""),
            Setting.of("pawl.smtp.port", new OptionalPort(), ""),
            Setting.of(SMTP_TLS, new Word(List.of("starttls", "tls", "none")), "starttls"),
            Setting.of(SMTP_FROM, new Line(), ""),
            Setting.of(SMTP_USER, new Line(), ""),
            Setting.of("pawl.smtp.password", new Hidden(), ""),
            Setting.of("pawl.smtp.password.file", new OptionalLocation(), ""),
            Setting.of("pawl.smtp.ca", new OptionalLocation(), ""),
            Setting.of(ISSUER, new TrustedUrl(), ""),
            Setting.of(AUDIENCE, new Line(), ""),
            Setting.of("pawl.oidc.role.claim", new Line(), "roles"),
            Setting.of("pawl.oidc.roles", new RoleNames(), "viewer=viewer,operator=operator,admin=admin"),
            Setting.of(CLIENT_ID, new Line(), ""),
            Setting.of("pawl.oidc.client.secret", new Hidden(), ""),
            Setting.of("pawl.oidc.client.secret.file", new OptionalLocation(), ""),
            Setting.of("pawl.oidc.scopes", new Line(), "openid profile"),
            Setting.of(PUBLIC_URL, new TrustedUrl(), ""),
            Setting.of("pawl.otlp.endpoint", new OptionalUrl(), ""),
            Setting.of("pawl.otlp.headers", new Hidden(), ""),
            Setting.of("pawl.otlp.service.name", new Line(), "pawl"),
            Setting.of("pawl.otlp.ratio", new Share(), "1"),
            Setting.of("pawl.otlp.ca", new OptionalLocation(), ""),
            Setting.of("pawl.kept.versions", new WholeNumber(1, 100), "3"),
            Setting.of("pawl.activation.timeout", new Time(Duration.ofSeconds(1)), "30s"),
            Setting.of("pawl.roll.out.proving", new Time(Duration.ofSeconds(1)), "10s"),
            Setting.of("pawl.tls.certificate", new OptionalLocation(), ""),
            Setting.of("pawl.tls.key", new OptionalLocation(), ""),
            Setting.of("pawl.tls.keystore", new OptionalLocation(), ""),
            Setting.of("pawl.tls.password", new Hidden(), ""),
            Setting.of("pawl.tls.password.file", new OptionalLocation(), ""),
            Setting.of("pawl.process.max.tasks", new WholeNumber(10, 1_000_000), "1000"),
            Setting.of("pawl.process.max.files", new WholeNumber(64, 1_000_000), "4096"),
            Setting.of("pawl.process.cpu.percent", new WholeNumber(0, 100_000), "0"),
            Setting.of("pawl.process.cgroup", new Word(List.of("auto", "off")), "auto"),
            Setting.of("pawl.process.sandbox", new Word(List.of("off", "bwrap")), "off"),
            Setting.of("pawl.process.sandbox.folders", new Folders(), ""),
            Setting.of("pawl.work.dir", new Location(), "<data>/work"),
            Setting.of("pawl.secret.key.file", new Location(), "<data>/secret.key"),
            Setting.of("pawl.callback.key.file", new Location(), "<data>/callback.key"),
            Setting.of("pawl.secret.env", new VariableNames(), ""),
            Setting.of("pawl.secret.files", new Folders(), ""),
            Setting.of("pawl.trusted.proxies", new HostList(), ""),
            Setting.of("pawl.forwarded.header", new Word(List.of("x-forwarded", "forwarded")), "x-forwarded"));

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** Determines the effective value of every setting in the table. */
    public static Settings of(Distribution distribution, SettingSources sources) throws WrongSettingException {
        refuseUnknown(sources);
        Map<String, String> values = new LinkedHashMap<>();
        for (Setting setting : TABLE) {
            Optional<Found> found = sources.find(setting);
            values.put(
                    setting.property(), found.isPresent() ? accepted(setting, found.get()) : fallback(setting, values));
        }
        String host = values.getOrDefault(HOST, "");
        if ("off".equals(values.get(AUTH)) && !Loopback.isReached(host)) {
            throw new WrongSettingException("PAWL_AUTH is \"off\" while PAWL_API_HOST is \"" + host
                    + "\": without authentication Pawl listens only on a loopback address, such as 127.0.0.1.");
        }
        refuseHalfAnIssuer(values);
        refuseHalfAMailServer(values);
        values.put(VERSION, distribution.version());
        values.put(HOME, distribution.home().toString());
        values.put(DISTRIBUTION_MODULES, distribution.modules().toString());
        values.put(NAMES, values.keySet().stream().sorted().collect(Collectors.joining(",")));
        values.put(SECRET_NAMES, secretNames());
        return new Settings(values);
    }

    private static void refuseHalfAnIssuer(Map<String, String> values) throws WrongSettingException {
        boolean issuer = !values.getOrDefault(ISSUER, "").isEmpty();
        boolean signsIn = !values.getOrDefault(CLIENT_ID, "").isEmpty();
        if (issuer && !signsIn && values.getOrDefault(AUDIENCE, "").isEmpty()) {
            throw new WrongSettingException("PAWL_OIDC_ISSUER is set without PAWL_OIDC_AUDIENCE: tokens that the issuer"
                    + " gave out for other programs would be accepted. Set it to the audience of the tokens for Pawl,"
                    + " or PAWL_OIDC_CLIENT_ID for people to sign in there.");
        }
        if (signsIn && !issuer) {
            throw new WrongSettingException(
                    "PAWL_OIDC_CLIENT_ID is set without PAWL_OIDC_ISSUER, where people sign in.");
        }
        if (signsIn && values.getOrDefault(PUBLIC_URL, "").isEmpty()) {
            throw new WrongSettingException(
                    "PAWL_OIDC_CLIENT_ID is set without PAWL_PUBLIC_URL: the issuer sends browsers"
                            + " back to that address. Set it to the address of this server as browsers see it.");
        }
    }

    private static void refuseHalfAMailServer(Map<String, String> values) throws WrongSettingException {
        String host = values.getOrDefault(SMTP_HOST, "");
        if (!host.isEmpty() && values.getOrDefault(SMTP_FROM, "").isEmpty()) {
            throw new WrongSettingException(
                    "PAWL_SMTP_HOST is set without PAWL_SMTP_FROM: set it to the sender of mails,"
                            + " such as Pawl <pawl@example.com>.");
        }
        boolean logsIn = !values.getOrDefault(SMTP_USER, "").isEmpty();
        if (logsIn && "none".equals(values.get(SMTP_TLS)) && !Loopback.isReached(host)) {
            throw new WrongSettingException("PAWL_SMTP_TLS is \"none\" while PAWL_SMTP_USER is set: the password would"
                    + " cross the network as it is. Set it to starttls or tls, or log in to no server but one of this"
                    + " machine.");
        }
    }

    private static String secretNames() {
        return TABLE.stream()
                .filter(setting -> setting.kind() instanceof Hidden)
                .map(Setting::property)
                .collect(Collectors.joining(","));
    }

    /** All of them as framework properties. */
    public Map<String, String> asProperties() {
        return values;
    }

    public String text(String property) {
        String value = values.get(property);
        if (value == null) {
            throw new IllegalArgumentException("There is no setting " + property + ".");
        }
        return value;
    }

    /** Whether there is a setting of this name, and it has a value. */
    public boolean isSet(String property) {
        return !values.getOrDefault(property, "").isEmpty();
    }

    public Path path(String property) {
        return Path.of(text(property));
    }

    public int number(String property) {
        return Integer.parseInt(text(property));
    }

    public Duration time(String property) {
        return DurationText.parse(text(property)).orElseThrow();
    }

    private static String accepted(Setting setting, Found found) throws WrongSettingException {
        return setting.kind()
                .read(found.value())
                .orElseThrow(() -> new WrongSettingException(
                        found.name() + " is \"" + SettingType.shown(found.value()) + "\" " + found.origin()
                                + ", but it takes " + setting.kind().accepts() + "."));
    }

    private static String fallback(Setting setting, Map<String, String> values) {
        String text = setting.fallback().replace("<data>", values.getOrDefault(DATA, ""));
        return setting.kind().read(text).orElseThrow();
    }

    private static void refuseUnknown(SettingSources sources) throws WrongSettingException {
        List<String> known = TABLE.stream().map(Setting::property).toList();
        for (String name : sources.properties().keySet()) {
            if (!known.contains(name)) {
                throw new WrongSettingException("etc/pawl.properties sets \"" + name
                        + "\", which is not a setting of Pawl; the settings are " + String.join(", ", known) + ".");
            }
        }
    }
}
