package dev.pawl.api.module;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The exact range of a number, or of a text's length, both ends included. A bound that is not a {@code long} is given as text: {@code
 * @Bounds(decimalMin = "0.5", decimalMax = "1e30")}. Each end is given in one of the two ways, or not at all.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
public @interface Bounds {

    /** The least value; {@link Long#MIN_VALUE} means no bound. */
    long min() default Long.MIN_VALUE;

    /** The greatest value; {@link Long#MAX_VALUE} means no bound. */
    long max() default Long.MAX_VALUE;

    /** The least value as text, such as {@code 0.5}; empty when {@link #min} is used or there is none. */
    String decimalMin() default "";

    /** The greatest value as text, such as {@code 0.5}; empty when {@link #max} is used or there is none. */
    String decimalMax() default "";
}
