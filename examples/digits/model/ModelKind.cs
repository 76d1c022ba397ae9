namespace Digits.Model;

/// <summary>The two families of classifiers between which the search may choose.</summary>
public enum ModelKind
{
    /// <summary>
    /// A support-vector machine with a Gaussian kernel. ML.NET has no kernel machine, so the kernel is approximated by random Fourier
    /// features (Rahimi, Recht 2007), on which a linear machine with the hinge loss is trained by stochastic dual coordinate ascent.
    /// </summary>
    Svm,

    /// <summary>Multinomial logistic regression on the pixels, trained by limited-memory BFGS.</summary>
    Logistic,
}
