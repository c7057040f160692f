package dev.pawl.samples.browser;

import dev.pawl.api.module.ValidationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that the pages of a task are loaded through.
 *
 * @param host its name or address
 * @param port its port
 * @param authorization the value of the header {@code Proxy-Authorization}; null when the proxy needs none
 */
record Upstream(String host, int port, @Nullable String authorization) {

    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
    private static final Pattern GEO = Pattern.compile("[A-Za-z0-9_]{1,32}(-[A-Za-z0-9_]{1,32})?");

    /**
     * The proxy of the settings. In their URLs, {@code {session}} stands for the session, which is a random one when there is none; {@code {geo}}
     * for the place; and {@code {geo_suffix}} for the place as a part of a user's name.
     *
     * @param url the setting {@code proxy_url}
     * @param rotationUrl the setting {@code proxy_rotation_url}, for tasks with a session
     * @param session the job's input; the proxy keeps the same address for the same session
     * @param geo the job's input
     */
    static Upstream of(
            @Nullable String url, @Nullable String rotationUrl, @Nullable String session, @Nullable String geo)
            throws ValidationException {
        boolean rotates = isGiven(rotationUrl) && (session != null || !isGiven(url));
        String setting = rotates ? "proxy_rotation_url" : "proxy_url";
        String template = rotates ? rotationUrl : url;
        if (template == null || template.isBlank()) {
            throw new ValidationException(
                    "The input proxy is true, but no proxy is configured: an admin gives it by the setting "
                            + "proxy_url of the module browser, such as http://user:password@proxy.example.com:8080.");
        }
        require("session", session, SESSION, "letters, digits and . _ ~ -, at most 64");
        require("geo", geo, GEO, "a place such as us, us-ny or newyork");
        if (geo != null && !template.contains("{geo")) {
            throw new ValidationException("The input geo is \"" + geo + "\", but the setting " + setting
                    + " has no {geo} or {geo_suffix}, so a task cannot choose its place.");
        }
        if (geo == null && template.contains("{geo}")) {
            throw new ValidationException(
                    "The setting " + setting + " has {geo}, so the input geo has to name a place.");
        }
        return parsed(
                setting,
                template.strip()
                        .replace(
                                "{session}",
                                session == null ? UUID.randomUUID().toString().replace("-", "") : session)
                        .replace("{geo_suffix}", geo == null ? "" : suffix(geo.toLowerCase(Locale.ROOT)))
                        .replace("{geo}", geo == null ? "" : geo));
    }

    private static boolean isGiven(@Nullable String setting) {
        return setting != null && !setting.isBlank();
    }

    private static void require(String input, @Nullable String value, Pattern accepted, String takes)
            throws ValidationException {
        if (value != null && !accepted.matcher(value).matches()) {
            throw new ValidationException("The input " + input + " is \"" + value + "\"; it takes " + takes + ".");
        }
    }

    private static String suffix(String geo) {
        int hyphen = geo.indexOf('-');
        if (hyphen >= 0) {
            return "-country-" + geo.substring(0, hyphen) + "-state-" + geo.substring(hyphen + 1);
        }
        return geo.length() == 2 ? "-country-" + geo : "-city-" + geo;
    }

    private static Upstream parsed(String setting, String filled) throws ValidationException {
        try {
            URI parsed = new URI(filled);
            if ("http".equalsIgnoreCase(parsed.getScheme()) && parsed.getHost() != null && parsed.getPort() > 0) {
                String user = parsed.getRawUserInfo();
                return new Upstream(
                        parsed.getHost(),
                        parsed.getPort(),
                        user == null
                                ? null
                                : basic(URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8)));
            }
        } catch (URISyntaxException | IllegalArgumentException malformed) {
            // the same sentence; the URL is not repeated, since it has a password
        }
        throw new ValidationException(
                "The setting " + setting
                        + " is no URL of a proxy: it takes http://user:password@host:port, with % codes for special characters.");
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return host + ":" + port; // without the password
    }
}
