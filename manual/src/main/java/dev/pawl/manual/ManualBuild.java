package dev.pawl.manual;

import dev.pawl.manual.reference.CommandsPage;
import dev.pawl.manual.reference.ErrorsPage;
import dev.pawl.manual.reference.RoutesPage;
import dev.pawl.manual.reference.SettingsPage;
import dev.pawl.manual.reference.SpiPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the manual, as the http-bundle serves it; run by the build. */
public final class ManualBuild {

    private ManualBuild() {}

    /**
     * Writes the site.
     *
     * @param arguments the root of the sources, the folder for the files, and Pawl's version
     */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]).normalize();
        Manual manual = Manual.of(Sources.read(root, generated(root)));
        var layout = new Layout(manual, arguments[2]);
        var files = new SiteFiles(Path.of(arguments[1]));
        for (Page page : manual.pages()) {
            files.add(page.address(), layout.of(page));
        }
        files.add("search-index.js", SearchIndex.of(manual.pages()));
        files.add("manual.css", Design.styles(root));
        files.add("theme.js", Design.file(root, "theme.js"));
        files.add("icon.svg", Design.file(root, "icon.svg"));
        files.add("manual.js", Design.own("manual.js"));
        for (String picture : manual.pictures()) {
            files.add(picture, root.resolve("docs").resolve(picture));
        }
        files.write();
    }

    /** The pages that are made of the code, by the place in docs/ where they would be. */
    static Map<String, String> generated(Path root) throws IOException {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("docs/reference/settings.md", SettingsPage.of(root));
        pages.put("docs/reference/commands.md", CommandsPage.text());
        pages.put("docs/reference/routes.md", RoutesPage.of(root));
        pages.put("docs/reference/errors.md", ErrorsPage.text());
        pages.put("docs/reference/spi.md", SpiPage.of(root));
        return pages;
    }
}
