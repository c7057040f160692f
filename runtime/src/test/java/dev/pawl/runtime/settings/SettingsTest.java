package dev.pawl.runtime.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.runtime.files.Distribution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @TempDir
    private Path home;

    private final Map<String, String> flags = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeDistribution() throws Exception {
        Files.createDirectories(home.resolve("etc"));
    }

    @Test
    void everySettingHasADefault() throws Exception {
        Settings settings = settings();

        for (Setting setting : Settings.TABLE) {
            assertTrue(settings.asProperties().containsKey(setting.property()), setting.property());
        }
        assertEquals("127.0.0.1", settings.text(Settings.HOST));
        assertEquals(8420, settings.number(Settings.PORT));
        assertEquals(Path.of(System.getProperty("user.home"), ".pawl"), settings.path(Settings.DATA));
        assertEquals(Duration.ofSeconds(10), settings.time("pawl.stop.grace"));
    }

    @Test
    void variablesAreNamedAfterProperties() {
        assertEquals(
                List.of("PAWL_DATA_DIR", "PAWL_STOP_GRACE"),
                Settings.TABLE.stream()
                        .filter(setting ->
                                List.of(Settings.DATA, "pawl.stop.grace").contains(setting.property()))
                        .map(Setting::environment)
                        .toList());
    }

    @Test
    void filesFollowTheDataFolder() throws Exception {
        environment.put("PAWL_DATA_DIR", "/srv/pawl");

        assertEquals(Path.of("/srv/pawl/pawl.db"), settings().path("pawl.db.path"));
        assertEquals(Path.of("/srv/pawl/modules"), settings().path("pawl.modules.dir"));
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentOverTheEnvFileOverTheProperties() throws Exception {
        assertEquals(8420, settings().number(Settings.PORT));

        Files.writeString(home.resolve("etc/pawl.properties"), "pawl.api.port = 1001\n");
        assertEquals(1001, settings().number(Settings.PORT));

        Path envFile = Files.writeString(home.resolve("pawl.env"), "PAWL_API_PORT=1002\n");
        environment.put("PAWL_ENV_FILE", envFile.toString());
        assertEquals(1002, settings().number(Settings.PORT));

        environment.put("PAWL_API_PORT", "1003");
        assertEquals(1003, settings().number(Settings.PORT));

        flags.put(Settings.PORT, "1004");
        assertEquals(1004, settings().number(Settings.PORT));
    }

    @Test
    void aBlankVariableCountsAsNotSet() throws Exception {
        environment.put("PAWL_API_PORT", " ");

        assertEquals(8420, settings().number(Settings.PORT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PAWL_API_PORT | 65536 | PAWL_API_PORT is \"65536\" in the environment, but it takes a whole number from 0 to 65535.",
                "PAWL_API_PORT | http | PAWL_API_PORT is \"http\" in the environment, but it takes a whole number from 0 to 65535.",
                "PAWL_WORKERS | 0 | PAWL_WORKERS is \"0\" in the environment, but it takes a whole number from 1 to 100000.",
                "PAWL_AUTH | none | PAWL_AUTH is \"none\" in the environment, but it takes one of token, off.",
                "PAWL_STOP_GRACE | 61m | PAWL_STOP_GRACE is \"61m\" in the environment, but it takes a time from 0s to 1h, such as 500ms, 10s or 5m.",
                "PAWL_KEEP_FAILED | 0d | PAWL_KEEP_FAILED is \"0d\" in the environment, but it takes forever, or a time from 1m to 99999d, such as 12h or 30d.",
                "PAWL_LOG_LEVEL | LOUD | PAWL_LOG_LEVEL is \"LOUD\" in the environment, but it takes one of TRACE, DEBUG, INFO, WARN, ERROR.",
                "PAWL_API_HOST | a b | PAWL_API_HOST is \"a b\" in the environment, but it takes a host name or an address, such as 127.0.0.1 or 0.0.0.0.",
                "PAWL_OTLP_ENDPOINT | collector:4318 | PAWL_OTLP_ENDPOINT is \"collector:4318\" in the environment, but it takes a URL without a user, such as http://collector:4318, or nothing.",
                "PAWL_OTLP_ENDPOINT | http://a:b@collector | PAWL_OTLP_ENDPOINT is \"http://********@collector\" in the environment, but it takes a URL without a user, such as http://collector:4318, or nothing.",
                "PAWL_OTLP_RATIO | 1.5 | PAWL_OTLP_RATIO is \"1.5\" in the environment, but it takes a number from 0 to 1, such as 0.05.",
                "PAWL_CORS_ORIGINS | * | PAWL_CORS_ORIGINS is \"*\" in the environment, but it takes origins separated by commas, such as https://console.example.org,http://localhost:3000.",
            })
    void aWrongValueIsRefusedInASentence(String variable, String value, String sentence) {
        environment.put(variable, value);

        assertEquals(sentence, refusal());
    }

    @Test
    void aWrongFlagIsCalledByItsName() {
        flags.put(Settings.PORT, "x");

        assertTrue(refusal().startsWith("--port is \"x\" on the command line, but it takes"));
    }

    @Test
    void aWrongLineOfTheEnvFileIsCalledByItsNameAndFile() throws Exception {
        Path envFile = Files.writeString(home.resolve("pawl.env"), "PAWL_WORKERS=many\n");
        environment.put("PAWL_ENV_FILE", envFile.toString());

        assertTrue(refusal().startsWith("PAWL_WORKERS is \"many\" in the env file " + envFile + ", but it takes"));
    }

    @Test
    void anUnknownNameInThePropertiesIsRefused() throws Exception {
        Files.writeString(home.resolve("etc/pawl.properties"), "pawl.api.prot = 1001\n");

        assertTrue(refusal().startsWith("etc/pawl.properties sets \"pawl.api.prot\", which is not a setting of Pawl"));
    }

    @Test
    void wordsAreTakenInAnyCase() throws Exception {
        environment.put("PAWL_LOG_LEVEL", "debug");

        assertEquals("DEBUG", settings().text(Settings.LOG_LEVEL));
    }

    @Test
    void authenticationMayBeOffOnLoopbackAlone() throws Exception {
        environment.put("PAWL_AUTH", "off");
        assertEquals("off", settings().text(Settings.AUTH));

        environment.put("PAWL_API_HOST", "0.0.0.0");
        assertTrue(refusal().startsWith("PAWL_AUTH is \"off\" while PAWL_API_HOST is \"0.0.0.0\""));
    }

    @Test
    void anIssuerNeedsAnAudience() throws Exception {
        environment.put("PAWL_OIDC_ISSUER", "https://id.example.org");
        assertTrue(refusal().startsWith("PAWL_OIDC_ISSUER is set without PAWL_OIDC_AUDIENCE"));

        environment.put("PAWL_OIDC_AUDIENCE", "pawl");
        assertEquals("https://id.example.org", settings().text("pawl.oidc.issuer"));
    }

    @Test
    void aMailServerNeedsASenderAndAPasswordIsNotSentInTheOpen() throws Exception {
        environment.put("PAWL_SMTP_HOST", "192.0.2.1");
        assertTrue(refusal().startsWith("PAWL_SMTP_HOST is set without PAWL_SMTP_FROM"));

        environment.put("PAWL_SMTP_FROM", "Pawl <pawl@example.com>");
        assertEquals("starttls", settings().text("pawl.smtp.tls"));

        environment.put("PAWL_SMTP_USER", "robot");
        environment.put("PAWL_SMTP_TLS", "none");
        assertTrue(refusal().startsWith("PAWL_SMTP_TLS is \"none\" while PAWL_SMTP_USER is set"));

        environment.put("PAWL_SMTP_HOST", "127.0.0.1");
        assertEquals("none", settings().text("pawl.smtp.tls"), "on this machine nobody listens");
    }

    @Test
    void aClientOfAnIssuerNeedsTheIssuerAndThePublicAddress() throws Exception {
        environment.put("PAWL_OIDC_CLIENT_ID", "pawl");
        assertTrue(refusal().startsWith("PAWL_OIDC_CLIENT_ID is set without PAWL_OIDC_ISSUER"));

        environment.put("PAWL_OIDC_ISSUER", "https://id.example.org");
        assertTrue(refusal().startsWith("PAWL_OIDC_CLIENT_ID is set without PAWL_PUBLIC_URL"));

        environment.put("PAWL_PUBLIC_URL", "http://pawl.example.org");
        assertTrue(refusal().contains("PAWL_PUBLIC_URL"));

        environment.put("PAWL_PUBLIC_URL", "https://pawl.example.org");
        assertEquals("pawl", settings().text("pawl.oidc.client.id"), "and no audience, when no program has tokens");
    }

    @Test
    void theNamesOfAllSettingsAreListed() throws Exception {
        String[] names = settings().text(Settings.NAMES).split(",", -1);

        assertTrue(Arrays.asList(names)
                .containsAll(Settings.TABLE.stream().map(Setting::property).toList()));
    }

    @Test
    void theNamesOfThoseThatAreSecretAreListedAndPathsAreNot() throws Exception {
        assertEquals(
                "pawl.store.password,pawl.proxy.url,pawl.proxy.rotation.url,pawl.smtp.password,pawl.oidc.client.secret,pawl.otlp.headers,pawl.tls.password",
                settings().text(Settings.SECRET_NAMES));
    }

    private Settings settings() throws WrongSettingException {
        Distribution distribution = new Distribution(home, "1.2.3", "2.0.0", "1.5.0");
        return Settings.of(distribution, SettingSources.read(distribution, flags, environment));
    }

    private String refusal() {
        return assertThrows(WrongSettingException.class, this::settings).sentence();
    }
}
