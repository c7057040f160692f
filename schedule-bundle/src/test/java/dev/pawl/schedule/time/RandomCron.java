package dev.pawl.schedule.time;

import java.util.Random;

/** Cron expressions made by chance, each of which has times. */
final class RandomCron {

    private static final String[] DAYS = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "0", "3", "7"};

    private static final String[] MONTHS = {"JAN", "FEB", "MAY", "AUG", "DEC", "2", "6", "11"};

    private RandomCron() {}

    static String next(Random random) {
        return field(random, 0, 59) + " " + field(random, 0, 23) + " " + dayOfMonth(random) + " " + month(random) + " "
                + dayOfWeek(random);
    }

    private static String field(Random random, int least, int greatest) {
        int one = random.nextInt(least, greatest + 1);
        int other = random.nextInt(least, greatest + 1);
        return switch (random.nextInt(7)) {
            case 0 -> "*";
            case 1 -> "*/" + random.nextInt(1, greatest - least + 1);
            case 2 -> one + "-" + other;
            case 3 -> one + "-" + other + "/" + random.nextInt(1, greatest - least + 1);
            case 4 -> one + "," + other + "," + random.nextInt(least, greatest + 1);
            case 5 -> one + "/" + random.nextInt(1, greatest - least + 1);
            default -> String.valueOf(one);
        };
    }

    /** Some of its days are in every month. */
    private static String dayOfMonth(Random random) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> "*";
            case 3 -> "L";
            case 4 -> "LW,L-" + random.nextInt(1, 28);
            case 5 -> random.nextInt(1, 29) + "W";
            default -> random.nextInt(1, 29) + "," + field(random, 1, 28);
        };
    }

    private static String month(Random random) {
        String one = MONTHS[random.nextInt(MONTHS.length)];
        return switch (random.nextInt(4)) {
            case 0 -> one;
            case 1 -> one + "-" + MONTHS[random.nextInt(MONTHS.length)];
            default -> "*";
        };
    }

    private static String dayOfWeek(Random random) {
        String one = DAYS[random.nextInt(DAYS.length)];
        return switch (random.nextInt(8)) {
            case 0 -> one;
            case 1 -> one + "-" + DAYS[random.nextInt(DAYS.length)];
            case 2 -> one + "#" + random.nextInt(1, 5);
            case 3 -> one + "L," + DAYS[random.nextInt(DAYS.length)];
            case 4 -> "?";
            default -> "*";
        };
    }
}
