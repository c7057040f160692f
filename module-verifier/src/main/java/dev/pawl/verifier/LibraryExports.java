package dev.pawl.verifier;

import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Constants;
import aQute.bnd.service.AnalyzerPlugin;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps private what embedded libraries export by an annotation of their packages: it would become an export of the module, and an import
 * from another one. What the author exports stays. The search for other annotations is restricted by the instructions in the parent POM.
 */
public final class LibraryExports implements AnalyzerPlugin {

    @Override
    public boolean analyzeJar(Analyzer analyzer) {
        List<String> hidden = new ArrayList<>();
        String stated = analyzer.getProperty(Constants.PRIVATE_PACKAGE);
        if (stated != null && !stated.isBlank()) {
            hidden.add(stated);
        }
        analyzer.getContained().keySet().stream()
                .filter(contained -> !analyzer.getJar().hasDirectory(contained.getPath()))
                .forEach(contained -> hidden.add(contained.getFQN()));
        if (!hidden.isEmpty()) { // bnd takes back the exports of private packages that only an annotation names
            analyzer.setProperty(Constants.PRIVATE_PACKAGE, String.join(",", hidden));
        }
        return false;
    }
}
