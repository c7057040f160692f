package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.job.UpdateMode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Singleton bundles, of which the framework resolves only one version at a time. */
final class SingletonTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    private final RecordingScheduler recording = new RecordingScheduler();

    @BeforeEach
    void install() {
        server.deployer.bindScheduler(recording);
        update("1.0.0", UpdateMode.MOVE);
    }

    private void update(String version, UpdateMode mode) {
        Path jar = module("alpha")
                .header("Bundle-SymbolicName", "test.alpha;singleton:=true")
                .version(version)
                .write(folder.resolve(version + ".jar"));
        server.deployer.install(jar, InstallOptions.of(ChangeOptions.by("test").with(mode)));
    }

    private Set<String> serving() {
        return Set.of(server.serving("alpha").orElse("none").split(" and "));
    }

    @ParameterizedTest
    @EnumSource(UpdateMode.class)
    void areUpdatedAndGoBackInEveryMode(UpdateMode mode) throws Exception {
        boolean sideBySide = mode == UpdateMode.FINISH;

        update("2.0.0", mode);
        assertEquals(sideBySide ? Set.of("1.0.0", "2.0.0") : Set.of("2.0.0"), serving());
        update("2.1.0", mode);
        assertEquals(sideBySide ? Set.of("1.0.0", "2.0.0", "2.1.0") : Set.of("2.1.0"), serving());

        server.deployer.rollback("alpha", "1.0.0", ChangeOptions.by("test").with(mode));
        assertEquals(sideBySide ? Set.of("1.0.0", "2.0.0", "2.1.0") : Set.of("1.0.0"), serving());
        server.restart();
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
    }
}
