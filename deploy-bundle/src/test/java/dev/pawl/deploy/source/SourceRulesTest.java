package dev.pawl.deploy.source;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, hosts and lists of sources: what is accepted, and the sentence for everything else. */
class SourceRulesTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "https://Git.Example.com/a/b.git, https, git.example.com, -1",
        "https://git.example.com:8443/a, https, git.example.com, 8443",
        "ssh://git@git.example.com/a, ssh, git.example.com, -1",
        "git@git.example.com:a/b.git, ssh, git.example.com, -1",
        "file:///srv/../srv/a, file, '', -1"
    })
    void addressesOfThreeKindsAreAccepted(String text, String protocol, String host, int port) {
        RepositoryAddress address = RepositoryAddress.of(text);
        assertEquals(protocol, address.protocol());
        assertEquals(host, address.host());
        assertEquals(port, address.port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-uevil",
                "--upload-pack=touch /tmp/x",
                "http://git.example.com/a",
                "git://git.example.com/a",
                "ext::sh -c touch% /tmp/x",
                "https://user:secret@git.example.com/a",
                "https://token@git.example.com/a",
                "ssh://git:secret@git.example.com/a",
                "ssh://-oProxyCommand=x@git.example.com/a",
                "ssh://-oProxyCommand=x/a",
                "git@-oProxyCommand=x:a",
                "https://git.example.com/a b",
                "/srv/a",
                "file://host/srv/a",
                "https:///a"
            })
    void otherAddressesAreRefusedAndNeverRepeated(String text) {
        ProblemException refusal = assertThrows(ProblemException.class, () -> RepositoryAddress.of(text));
        assertEquals(ProblemCode.MALFORMED, refusal.code());
        assertTrue(!String.valueOf(refusal.getMessage()).contains("secret"), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "git.example.com, https://git.example.com/a, true",
        "git.example.com, git@git.example.com:a, true",
        "git.example.com, https://git.example.com.evil.org/a, false",
        "git.example.com, https://other.example.com/a, false",
        "*.example.com, https://git.example.com/a, true",
        "*.example.com, https://example.com/a, false",
        "git.example.com:8443, https://git.example.com:8443/a, true",
        "git.example.com:8443, https://git.example.com/a, false",
        "git.example.com:22, git@git.example.com:a, true",
        "*, https://anything.example.org/a, true",
        "'', https://git.example.com/a, false"
    })
    void hostsAreAllowedByTheirNames(String setting, String address, boolean allowed) {
        AllowedSources sources = AllowedSources.of(setting, "");
        if (allowed) {
            assertDoesNotThrow(() -> sources.check(RepositoryAddress.of(address)));
        } else {
            ProblemException refusal =
                    assertThrows(ProblemException.class, () -> sources.check(RepositoryAddress.of(address)));
            assertEquals(ProblemCode.SOURCE_REFUSED, refusal.code());
        }
    }

    @Test
    void aFolderIsAllowedByWhereItReallyIs() throws IOException {
        Path allowed = Files.createDirectories(folder.resolve("allowed"));
        Path inner = Files.createDirectories(allowed.resolve("one"));
        Path outer = Files.createDirectories(folder.resolve("outer"));
        Path link = Files.createSymbolicLink(allowed.resolve("link"), outer);
        AllowedSources sources = AllowedSources.of("*", allowed.toString());
        assertDoesNotThrow(() -> sources.check(RepositoryAddress.of("file://" + inner)));
        for (Path refused : List.of(outer, link, folder.resolve("none"))) {
            assertEquals(
                    ProblemCode.SOURCE_REFUSED,
                    assertThrows(ProblemException.class, () -> sources.check(RepositoryAddress.of("file://" + refused)))
                            .code());
        }
    }

    @Test
    void theListOfTheOlderEngineIsRead() throws IOException {
        List<ListedSource> sources = SourceList.read(file("""
                module_sources:
                  - repo: https://github.com/example/modules
                    modules:
                      - one
                      - two
                  - repo: git@example.com:x.git
                    ref: v1
                    commit: %s
                  - folder: /srv/x
                  - url: https://example.com/x.jar
                    sha256: "%s"
                """.formatted(COMMIT, "0".repeat(64))));
        assertEquals(
                List.of(
                        ListedSource.Kind.REPO,
                        ListedSource.Kind.REPO,
                        ListedSource.Kind.FOLDER,
                        ListedSource.Kind.URL),
                sources.stream().map(ListedSource::kind).toList());
        assertEquals(List.of("one", "two"), sources.get(0).modules());
        assertEquals(COMMIT, sources.get(1).commit());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "modules: [] @ has no list module_sources",
                "module_sources: [] @ names 0 sources",
                "module_sources: [x] @ module_sources 1 is no map",
                "module_sources: [{repo: x, url: y}] @ more than one of repo, folder, url",
                "module_sources: [{modules: [x]}] @ has none of repo, folder, url",
                "module_sources: [{repo: x, branch: y}] @ unknown field branch",
                "module_sources: [{url: x}] @ has the sha256 null",
                "module_sources: [{repo: x, commit: abc}] @ takes all 40",
                "module_sources: [{repo: x, ref: 1.2}] @ has the ref 1.2; it takes a text, in quotation marks",
                "module_sources: [{folder: /x, ref: y}] @ go with repo",
                "module_sources: [{repo: x, modules: y}] @ no list of texts",
                "'module_sources: [{repo: x}]\nmore: 1' @ unknown field more",
                "'a: &a [x,x]\nb: [*a' @ cannot be read"
            })
    void aListIsRefusedByItsField(String text, String sentence) throws IOException {
        Path file = file(text);
        ProblemException refusal = assertThrows(ProblemException.class, () -> SourceList.read(file));
        assertEquals(ProblemCode.MALFORMED, refusal.code());
        assertTrue(String.valueOf(refusal.getMessage()).contains(sentence), refusal.getMessage());
    }

    @Test
    void aMissingListIsSaid() {
        ProblemException refusal =
                assertThrows(ProblemException.class, () -> SourceList.read(folder.resolve("modules.yaml")));
        assertTrue(String.valueOf(refusal.getMessage()).contains("is not there"), refusal.getMessage());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("modules.yaml"), text);
    }
}
