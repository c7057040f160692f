package dev.pawl.cli.upgrade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The manifest of a release, which lies beside its packages.
 *
 * @param version the release's version
 * @param schemaVersion the schema version of its stores
 */
record ReleaseManifest(ReleaseVersion version, int schemaVersion) {

    private static final int MOST_BYTES = 1_048_576;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern ADDRESS = Pattern.compile("(?i)https?://.*");

    /**
     * Reads a manifest.
     *
     * @param place a file, or an address that begins with http or https
     * @throws UsageException when there is none, with the place and what to do
     */
    static ReleaseManifest read(String place) throws UsageException, InterruptedException {
        try {
            return parse(place, ADDRESS.matcher(place).matches() ? fetched(place) : Files.readString(file(place)));
        } catch (JsonProcessingException e) {
            throw refused(place, "is not JSON (" + JsonTrees.reason(e) + ")");
        } catch (IOException | IllegalArgumentException e) {
            throw refused(place, "cannot be read (" + e + ")");
        }
    }

    private static Path file(String place) throws IOException {
        Path file = Path.of(place);
        if (!Files.isRegularFile(file)) {
            throw new InvalidPathException(place, "no such file");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("it is larger than 1 MiB");
        }
        return file;
    }

    private static String fetched(String address) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build();
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("the answer is " + response.statusCode());
            }
            byte[] bytes = body.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it is larger than 1 MiB");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static ReleaseManifest parse(String place, String text) throws JsonProcessingException, UsageException {
        JsonNode manifest = JsonTrees.parse(text);
        if (!JsonTrees.text(manifest, "product").equals("pawl")) {
            throw refused(place, "has no \"product\": \"pawl\"");
        }
        String version = JsonTrees.text(manifest, "version");
        Optional<ReleaseVersion> read = ReleaseVersion.of(version);
        if (read.isEmpty()) {
            throw refused(place, "has the version \"" + version + "\", and not one such as 1.2.3");
        }
        JsonNode schema = manifest.path("schema_version");
        if (!schema.canConvertToInt() || !schema.isIntegralNumber() || schema.intValue() < 1) {
            throw refused(place, "has the schema_version " + schema + ", and not a number such as 19");
        }
        return new ReleaseManifest(read.get(), schema.intValue());
    }

    /** Its relation to an installed release, for people and programs. */
    JsonNode comparedWith(JsonNode installed) {
        String own = JsonTrees.text(installed, "version");
        int order = ReleaseVersion.of(own).map(version::compareTo).orElse(0);
        int present = installed.path("schema_version").asInt();
        ObjectNode offered = JsonTrees.object();
        offered.put("version", version.text());
        offered.put("schema_version", schemaVersion);
        offered.put("newer", order > 0);
        offered.put("sentence", sentence(order, own, present));
        return offered;
    }

    private String sentence(int order, String own, int present) {
        String name = "Pawl " + version.text();
        if (order == 0) {
            return name + " is this release.";
        }
        String sentence = name + (order > 0 ? " is newer than " : " is older than ") + own;
        if (present > schemaVersion) {
            return sentence + "; it refuses this store, whose schema version it does not know.";
        }
        return present == 0 || present == schemaVersion
                ? sentence + "; it has no migration to do."
                : sentence + "; it would migrate the store from schema version " + present + " to " + schemaVersion
                        + ".";
    }

    private static UsageException refused(String place, String why) {
        return new UsageException("--from is \"" + place + "\", which " + why
                + "; it takes the manifest that lies beside a release's packages, pawl-VERSION.release.json.");
    }
}
