package dev.pawl.service.catalog;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Finds the versions of module bundles that are gone and whose classes are still in memory. Where there is no such service nothing is
 * looked for, and all else runs as it does with one. Safe for many threads.
 */
@ProviderType
public interface LeakSearch {

    /** The leaked versions that were found and still exist, latest first; names of threads are as their modules chose them. */
    List<Leak> leaks();
}
