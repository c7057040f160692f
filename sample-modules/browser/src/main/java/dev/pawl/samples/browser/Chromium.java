package dev.pawl.samples.browser;

import dev.pawl.api.module.ValidationException;
import dev.pawl.process.Program;
import dev.pawl.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Chromium of this machine.
 *
 * @param path of its executable
 */
record Chromium(Path path) {

    private static final String DEBIAN_NAME = "chromium";
    private static final List<String> OTHER_NAMES =
            List.of("chromium-browser", "google-chrome-stable", "google-chrome");

    /** Nothing but the pages of a context, which has a proxy of its own, may use the network. */
    private static final String NO_PROXY = "http://127.0.0.1:9";

    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--remote-debugging-port=0",
            "--proxy-server=" + NO_PROXY,
            "--proxy-bypass-list=<-loopback>",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
            "--webrtc-ip-handling-policy=disable_non_proxied_udp",
            "--no-first-run",
            "--no-default-browser-check",
            "--no-pings",
            "--password-store=basic",
            "--use-mock-keychain",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-gpu",
            "--disable-extensions",
            "--disable-breakpad",
            "--disable-crash-reporter",
            "--disable-default-apps",
            "--disable-domain-reliability",
            "--disable-client-side-phishing-detection",
            "--disable-component-extensions-with-background-pages",
            "--disable-features=AutofillServerCommunication,CertificateTransparencyComponentUpdater,DialMediaRouteProvider,MediaRouter,"
                    + "OptimizationHints,Translate",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--mute-audio");

    /**
     * Finds it.
     *
     * @param configured the setting {@code chromium}
     * @throws ValidationException when there is none, with a sentence that says what to install or to set
     */
    static Chromium find(@Nullable String configured) throws ValidationException {
        if (configured == null || configured.isBlank()) {
            for (String name : OTHER_NAMES) {
                if (Tool.onPath(DEBIAN_NAME).isEmpty() && Tool.onPath(name).isPresent()) {
                    return new Chromium(Tool.onPath(name).get());
                }
            }
        }
        return new Chromium(Tool.find(DEBIAN_NAME, configured, DEBIAN_NAME).path());
    }

    /** Whether this process is root's, for whom Chromium has no sandbox. */
    static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    /**
     * The call that starts it.
     *
     * @param profile an empty folder for all that it writes; its path is short, since the path of a socket in it has at most 107 characters
     */
    Program program(Path profile) {
        List<String> arguments = new ArrayList<>(FLAGS);
        arguments.add("--user-data-dir=" + profile);
        if (isRoot()) {
            arguments.add("--no-sandbox");
        }
        arguments.add("about:blank");
        return Program.of(path, arguments)
                .environment(Map.of("HOME", profile.toString(), "TMPDIR", profile.toString()));
    }
}
