package dev.pawl.api.module;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The range of a number, or of a text's length, both ends included and exact. A bound that no {@code long} can say is given as text:
 * {@code @Bounds(decimalMin = "0.5", decimalMax = "1e30")}. Each end is given one way or the other, or not at all.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
public @interface Bounds {

    /** The least value; {@link Long#MIN_VALUE} is no bound. */
    long min() default Long.MIN_VALUE;

    /** The greatest value; {@link Long#MAX_VALUE} is no bound. */
    long max() default Long.MAX_VALUE;

    /** The least value as text, such as {@code 0.5}; empty when {@link #min} says it or there is none. */
    String decimalMin() default "";

    /** The greatest value as text, such as {@code 0.5}; empty when {@link #max} says it or there is none. */
    String decimalMax() default "";
}
