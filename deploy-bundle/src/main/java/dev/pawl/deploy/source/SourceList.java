package dev.pawl.deploy.source;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads {@code modules.yaml}: that of the older engine as it is, with fields of ours. What it does not know is refused by its name. */
final class SourceList {

    private static final int LARGEST = 1 << 20;
    private static final int MOST = 1_000;
    private static final int MOST_ALIASES = 50;
    private static final Set<String> FIELDS = Set.of("repo", "folder", "url", "ref", "commit", "modules", "sha256");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    private SourceList() {}

    /** The sources that a file names, in order. */
    static List<ListedSource> read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw refused(file, "is not there; it lists sources as module_sources");
        }
        Object document;
        try {
            if (Files.size(file) > LARGEST) {
                throw refused(file, "has more than 1 MiB");
            }
            document = new Load(LoadSettings.builder()
                            .setMaxAliasesForCollections(MOST_ALIASES)
                            .setAllowDuplicateKeys(false)
                            .build())
                    .loadFromString(Files.readString(file));
        } catch (IOException | YamlEngineException e) {
            throw refused(file, "cannot be read: " + e.getMessage());
        }
        if (!(document instanceof Map<?, ?> fields) || !(fields.get("module_sources") instanceof List<?> entries)) {
            throw refused(file, "has no list module_sources");
        }
        fields.keySet().stream()
                .filter(name -> !"module_sources".equals(name))
                .findFirst()
                .ifPresent(unknown -> {
                    throw refused(file, "has the unknown field " + unknown + "; it takes module_sources");
                });
        if (entries.isEmpty() || entries.size() > MOST) {
            throw refused(file, "names " + entries.size() + " sources; it takes 1 to " + MOST);
        }
        List<ListedSource> sources = new ArrayList<>();
        for (Object entry : entries) {
            sources.add(source(file, sources.size() + 1, entry));
        }
        return sources;
    }

    private static ListedSource source(Path file, int number, @Nullable Object entry) {
        String where = "module_sources " + number + " ";
        if (!(entry instanceof Map<?, ?> fields)) {
            throw refused(file, where + "is no map of fields");
        }
        Set<String> names = new TreeSet<>();
        fields.keySet().forEach(name -> names.add(String.valueOf(name)));
        names.stream().filter(name -> !FIELDS.contains(name)).findFirst().ifPresent(unknown -> {
            throw refused(
                    file,
                    where + "has the unknown field " + unknown + "; it takes "
                            + String.join(", ", new TreeSet<>(FIELDS)));
        });
        List<String> kinds =
                names.stream().filter(Set.of("repo", "folder", "url")::contains).toList();
        if (kinds.size() != 1) {
            throw refused(
                    file, where + "has " + (kinds.isEmpty() ? "none" : "more than one") + " of repo, folder, url");
        }
        ListedSource.Kind kind = ListedSource.Kind.valueOf(kinds.get(0).toUpperCase(java.util.Locale.ROOT));
        String place = text(file, where, fields, kinds.get(0));
        String commit = text(file, where, fields, "commit");
        String sha256 = text(file, where, fields, "sha256");
        if (place == null) {
            throw refused(file, where + "has an empty " + kinds.get(0));
        }
        if (commit != null && !COMMIT.matcher(commit).matches()) {
            throw refused(file, where + "has the commit " + commit + "; it takes all 40 hexadecimal digits");
        }
        if (kind == ListedSource.Kind.URL
                ? sha256 == null || !SHA256.matcher(sha256).matches()
                : sha256 != null) {
            throw refused(
                    file,
                    where + "has the sha256 " + sha256
                            + "; a url takes 64 hexadecimal digits, and the others take none");
        }
        if (kind != ListedSource.Kind.REPO && (names.contains("ref") || commit != null || names.contains("modules"))) {
            throw refused(file, where + "has ref, commit or modules, which go with repo");
        }
        return new ListedSource(
                kind, place, text(file, where, fields, "ref"), commit, modules(file, where, fields), sha256);
    }

    private static List<String> modules(Path file, String where, Map<?, ?> fields) {
        Object value = fields.get("modules");
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String::valueOf).toList();
        }
        throw refused(file, where + "has modules that are no list of texts");
    }

    private static @Nullable String text(Path file, String where, Map<?, ?> fields, String name) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof String text && !text.isBlank()) {
            return text.strip();
        }
        throw refused(
                file,
                where + "has the " + name + " " + value + "; it takes a text, in quotation marks when it"
                        + " looks like a number");
    }

    private static ProblemException refused(Path file, String why) {
        return new ProblemException(ProblemCode.MALFORMED, "The file " + file + " " + why + ".");
    }
}
