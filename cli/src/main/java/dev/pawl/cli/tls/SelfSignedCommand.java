package dev.pawl.cli.tls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.base.file.DurableFile;
import dev.pawl.base.tls.SelfSigned;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.ServerOptions;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.screen.Screen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a key and a certificate for a server that has none from an authority. No server is needed. */
@Command(
        name = "self-signed",
        mixinStandardHelpOptions = true,
        description = "Makes a key and a certificate that signs itself, for a start.",
        footerHeading = "%nExample:%n",
        footer = "  pawl tls self-signed --host pawl.example.org --host 192.168.1.5")
final class SelfSignedCommand implements Callable<Integer> {
    private static final Pattern HOST =
            Pattern.compile("(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}\\.?)*|[0-9a-fA-F]*:[0-9a-fA-F:.]*");
    private static final int LONGEST_HOST = 253;
    private static final int MOST_DAYS = 3_650;

    /** Clocks of clients may be a little behind. */
    private static final Duration BEFORE = Duration.ofHours(1);

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "A name or address by which clients call the server; may be repeated. Default: localhost,"
                    + " 127.0.0.1, ::1 and this machine's name.")
    private List<String> hosts = new ArrayList<>();

    @Option(names = "--days", paramLabel = "N", description = "How long it is valid, 1 to 3650 days. Default: 730.")
    private int days = 730;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where to write them. Default: tls in the data folder.")
    private @Nullable Path out;

    @Option(names = "--force", description = "Replaces a key and a certificate that are there.")
    private boolean force;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    private final Invocation invocation;

    SelfSignedCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        List<String> names = hosts.isEmpty() ? ofThisMachine() : checked();
        if (days < 1 || days > MOST_DAYS) {
            throw new UsageException("--days is " + days + "; it takes 1 to " + MOST_DAYS + ".");
        }
        Path folder = out != null
                ? out.toAbsolutePath().normalize()
                : server.dataDir(invocation).resolve("tls");
        Path key = folder.resolve("tls.key");
        Path certificate = folder.resolve("tls.crt");
        if (!force && (Files.exists(key) || Files.exists(certificate))) {
            throw new UsageException(
                    folder + " already holds a key or a certificate. Name another folder with --out, or"
                            + " replace them with --force.");
        }
        Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
        SelfSigned made = SelfSigned.of(names, now.minus(BEFORE), BEFORE.plusDays(days));
        try {
            createFolder(folder);
            DurableFile.createForOwner(key, made.keyText());
            DurableFile.createForOwner(certificate, made.certificateText());
        } catch (IOException e) {
            throw new UsageException(folder + " cannot be written (" + e + "). Name another folder with --out.");
        }
        show(names, key, certificate, made);
        return ExitCode.OK;
    }

    private static void createFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private List<String> checked() throws UsageException {
        for (String host : hosts) {
            boolean numbers = host.matches("[0-9.]+");
            if (host.length() > LONGEST_HOST
                    || !HOST.matcher(host).matches()
                    || (numbers && !host.matches("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.|$)){4}"))) {
                throw new UsageException("--host is \"" + host
                        + "\"; it takes a name or an address such as pawl.example.org or 192.168.1.5.");
            }
        }
        return hosts.stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    private static List<String> ofThisMachine() {
        List<String> names = new ArrayList<>(List.of("localhost", "127.0.0.1", "::1"));
        try {
            String own = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            if (HOST.matcher(own).matches() && !names.contains(own)) {
                names.add(own);
            }
        } catch (UnknownHostException nameless) { // then it is called by its address
            return names;
        }
        return names;
    }

    private void show(List<String> names, Path key, Path certificate, SelfSigned made) {
        ObjectNode json = JsonTrees.object();
        json.put("certificate", certificate.toString());
        json.put("key", key.toString());
        json.put("fingerprint", fingerprint(made));
        json.put("expires_at", made.certificate().getNotAfter().toInstant().toString());
        names.forEach(json.putArray("hosts")::add);
        output.show(json, invocation.screen(), shown -> explain(shown, host(names)));
    }

    private void explain(JsonNode made, String host) {
        Screen screen = invocation.screen();
        String key = JsonTrees.text(made, "key");
        String certificate = JsonTrees.text(made, "certificate");
        List<String> hosts = new ArrayList<>();
        made.path("hosts").forEach(one -> hosts.add(one.asText()));
        screen.line("Key          " + key + " (readable only by its owner)");
        screen.line("Certificate  " + certificate + ", valid until " + JsonTrees.text(made, "expires_at"));
        screen.line("Hosts        " + String.join(", ", hosts));
        screen.line("SHA-256      " + JsonTrees.text(made, "fingerprint"));
        screen.line("");
        screen.line("Start the server with it:");
        screen.line("  PAWL_TLS_CERTIFICATE=" + certificate + " PAWL_TLS_KEY=" + key + " pawl serve");
        screen.line("Commands on this machine then trust it. Elsewhere, copy the certificate and name it:");
        screen.line("  pawl status --server https://" + host + ":8420 --cacert tls.crt");
    }

    private static String host(List<String> names) {
        String name = names.get(names.size() - 1);
        return name.indexOf(':') < 0 ? name : "[" + name + "]";
    }

    private static String fingerprint(SelfSigned made) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(made.certificate().getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
