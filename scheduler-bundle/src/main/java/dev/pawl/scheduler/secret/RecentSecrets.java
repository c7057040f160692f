package dev.pawl.scheduler.secret;

import dev.pawl.scheduler.schema.Secrets;
import dev.pawl.service.data.TextLimit;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The secrets of the latest runs, hidden in texts that belong to no run, such as the name that a module gave to a leaked thread. Safe for
 * many threads.
 */
public final class RecentSecrets {

    private static final int MOST = 2_048;

    private final LinkedHashSet<String> forms = new LinkedHashSet<>();

    public synchronized void add(List<String> secrets) {
        for (String secret : secrets) {
            forms.remove(secret);
            forms.add(secret);
        }
        var oldest = forms.iterator();
        for (int surplus = forms.size() - MOST; surplus > 0; surplus--) {
            oldest.next();
            oldest.remove();
        }
    }

    /** The text as it is kept, without the secrets. */
    public String shown(String text, TextLimit limit) {
        List<String> now;
        synchronized (this) {
            now = List.copyOf(forms);
        }
        return Secrets.shown(text, now, limit);
    }
}
