package dev.pawl.it.libraries;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of {@code cnf/known-holes.csv}: the versions of a library that have a known vulnerability.
 *
 * @param group the Maven group
 * @param artifact the Maven artifact; {@code *} for all artifacts of the group and its subgroups
 * @param from the first vulnerable version
 * @param to the first version that is fixed
 * @param id the public identifier of the vulnerability
 */
record KnownHole(String group, String artifact, String from, String to, String id) {

    private static final Pattern ROW = Pattern.compile("([^,]+),([^,]+),\"\\[([^,]+),([^)]+)\\)\",([^,]+),(.+)");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /** Reads the rows of a file. */
    static List<KnownHole> read(List<String> lines) {
        List<KnownHole> holes = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                throw new IllegalArgumentException("No row of group,artifact,\"[from,to)\",id,text: " + line);
            }
            holes.add(new KnownHole(row.group(1), row.group(2), row.group(3), row.group(4), row.group(5)));
        }
        return holes;
    }

    /** Whether this row is about the library, in any version. */
    boolean isAbout(Library library) {
        if (artifact.equals("*")) {
            return (library.group() + ".").startsWith(group + ".");
        }
        boolean sameGroup = library.group().isEmpty() || library.group().equals(group);
        return sameGroup && library.artifact().equals(artifact);
    }

    /** Whether the library is vulnerable; one of unknown version counts as vulnerable. */
    boolean isIn(Library library) {
        return isAbout(library)
                && (library.version().isEmpty()
                        || (compare(library.version(), from) >= 0 && compare(library.version(), to) < 0));
    }

    /** Compares versions part by part: numbers as numbers, and a number after a word, so that 2.0-rc1 is before 2.0.1. */
    static int compare(String one, String other) {
        String[] ones = one.split("[.-]", -1);
        String[] others = other.split("[.-]", -1);
        for (int n = 0; n < Math.max(ones.length, others.length); n++) {
            String a = n < ones.length ? ones[n] : "0";
            String b = n < others.length ? others[n] : "0";
            boolean numbers = NUMBER.matcher(a).matches() && NUMBER.matcher(b).matches();
            int order = numbers ? Long.compare(Long.parseLong(a), Long.parseLong(b)) : rank(a, b);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int rank(String a, String b) {
        boolean aIsNumber = NUMBER.matcher(a).matches();
        boolean bIsNumber = NUMBER.matcher(b).matches();
        return aIsNumber == bIsNumber ? a.compareTo(b) : aIsNumber ? 1 : -1;
    }
}
