"""Operations on pictures. Declarations only; the work lives in :mod:`core.image`."""
