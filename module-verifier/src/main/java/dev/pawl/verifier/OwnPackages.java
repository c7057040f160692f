package dev.pawl.verifier;

import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Constants;
import aQute.bnd.service.AnalyzerPlugin;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Restricts bnd's search for annotations to the module's own packages. Without it, components, activators and exports that the embedded
 * libraries declare would become the module's.
 */
public final class OwnPackages implements AnalyzerPlugin {

    /** Before those that look for annotations, whose number is 0. */
    private static final int FIRST = -1_000;

    private static final String CLASS = ".class";

    @Override
    public int ordering() {
        return FIRST;
    }

    @Override
    public boolean analyzeJar(Analyzer analyzer) {
        String own = String.join(",", of(analyzer));
        if (own.isEmpty()) {
            return false;
        }
        for (String search : new String[] {Constants.BUNDLEANNOTATIONS, Constants.DSANNOTATIONS}) {
            if (analyzer.getProperty(search) == null) {
                analyzer.setProperty(search, own);
            }
        }
        return false;
    }

    /** Patterns for the classes at the root of the jar; those of embedded libraries are in jars of their own. */
    private static Set<String> of(Analyzer analyzer) {
        Set<String> own = new LinkedHashSet<>();
        for (String path : analyzer.getJar().getResources().keySet()) {
            int end = path.lastIndexOf('/');
            if (path.endsWith(CLASS) && end > 0) {
                own.add(path.substring(0, end).replace('/', '.') + ".*");
            }
        }
        return own;
    }
}
