package dev.pawl.cli.develop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.cli.Pawl;
import dev.pawl.cli.command.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refusals of `pawl module dev` before it begins. */
class ModuleDevCommandTest {

    private static final String POM =
            "<project><parent><artifactId>pawl-module-parent</artifactId></parent>%s</project>";

    @TempDir
    Path folder;

    private ProjectFile project(String more) throws Exception {
        Files.writeString(folder.resolve("pom.xml"), POM.formatted(more));
        return new ProjectFile(folder);
    }

    @Test
    void aFolderWithoutAProjectIsNamed() {
        Pawl.Outcome refused = Pawl.alone(folder).run("module", "dev", folder.toString());

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("The folder " + folder + " holds no project of a module"), refused.err());
    }

    @Test
    void aServerThatIsNamedAndDoesNotAnswerIsNotReplacedByATemporaryOne() throws Exception {
        project("");
        Pawl.Outcome none = Pawl.alone(folder).run("module", "dev", folder.toString(), "--url", "http://127.0.0.1:1");
        assertEquals(3, none.code());
        assertTrue(none.err().contains("No server answers at http://127.0.0.1:1"), none.err());

        Pawl.Outcome both = Pawl.alone(folder)
                .run("module", "dev", folder.toString(), "--url", "http://127.0.0.1:1", "--temporary");
        assertEquals(2, both.code());
        assertTrue(both.err().contains("Leave one of them out."), both.err());
    }

    @Test
    void aJavaWithoutCompilerIsNamedWithTheRemedy() throws Exception {
        ProjectFile project = project("");
        MavenRun maven = new MavenRun(folder, MavenRunTest.invocation(folder));
        UsageException refused = assertThrows(UsageException.class, () -> ModuleBuild.of(project, maven, folder, null));

        assertTrue(refused.getMessage().contains("has no compiler: it is a runtime. Install a JDK 17"));
    }

    @Test
    void onlyAPomWithoutABuildOfItsOwnIsBuiltWithoutMaven() throws Exception {
        assertTrue(project("<!-- <build> --><dependencies/>").isPlain());
        assertEquals(false, project("<build><plugins/></build>").isPlain());
        assertEquals(
                false, project("<profiles/>".replace("/", "") + "</profiles>").isPlain());
        Files.createDirectories(folder.resolve("src/main/kotlin"));
        assertEquals(false, project("").isPlain());
    }

    @Test
    void whatMavenWroteDownHoldsUntilThePomIsChangedOrAJarIsGone() throws Exception {
        ProjectFile project = project("");
        Path jar = Files.writeString(folder.resolve("bnd.jar"), "");
        Files.createDirectories(project.buildSettings().getParent());
        Files.writeString(
                project.buildSettings(), "release=17\njar=/x.jar\nclass-path=" + jar + "\ntools=" + jar + "\n");
        assertTrue(BuildSettings.current(project).isPresent());

        Files.setLastModifiedTime(project.pom(), FileTime.from(Instant.now().plusSeconds(60)));
        assertTrue(BuildSettings.current(project).isEmpty());
        Files.setLastModifiedTime(project.pom(), FileTime.from(Instant.EPOCH));
        assertTrue(BuildSettings.current(project).isPresent());

        Files.delete(jar);
        assertTrue(BuildSettings.current(project).isEmpty());
    }
}
