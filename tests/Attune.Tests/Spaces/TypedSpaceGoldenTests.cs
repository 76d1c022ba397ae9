using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Attune.Serialization;

namespace Attune.Tests.Spaces;

/// <summary>What the types of <c>Shapes.cs</c> mean, as canonical JSON: names and order are identities of stored studies.</summary>
public sealed partial class TypedSpaceGoldenTests
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // One parameter a line, without the quotes around keys, so that the lines can be read here.
    private static string Text<T>()
        where T : notnull => Key().Replace(JsonNode.Parse(SpaceJson.ToText(TypedSpace.Of<T>().Space))!.ToJsonString(Readable), "$1:")
        .Replace("{parameters:[", "", StringComparison.Ordinal)
        .Replace("},{name", "}\n{name", StringComparison.Ordinal)
        .Replace("}],", "}\n", StringComparison.Ordinal)
        .Replace("}]}", "}", StringComparison.Ordinal);

    [GeneratedRegex("\"(\\w+)\":")]
    private static partial Regex Key();

    [Fact]
    public void Of_PositionalRecord_GivesItsParameters() => Assert.Equal(
        """
        {name:"cost",type:"float",low:0.001,high:1000.0,scale:"log",default:1.0,prior:{center:1,spread:0.2}}
        {name:"kernel",type:"categorical",choices:["linear","rbf","high_polynomial"],default:"linear"}
        {name:"gamma",type:"float",low:1E-05,high:10.0,scale:"log",default:0.01,when:"kernel in ['rbf', 'high_polynomial']"}
        {name:"degree",type:"int",low:2,high:5,default:4,when:"kernel == 'high_polynomial'"}
        {name:"folds",type:"ordinal",choices:[3,5,10],default:3}
        {name:"scaling",type:"categorical",choices:["none","min_max","standard"],default:"standard",prior:{weights:[1,2,3]}}
        {name:"use_bias",type:"categorical",choices:[false,true],default:true}
        forbidden:["kernel == 'linear' and cost > 100"],constraints:["cost * folds <= 4000"]}
        """,
        Text<SvmParameters>());

    [Fact]
    public void Of_Properties_GivesItsParameters() => Assert.Equal(
        """
        {name:"rate",type:"float",low:1E-05,high:0.1,scale:"log",default:0.01}
        {name:"dropout",type:"float",low:0.0,high:0.5,step:0.1,default:0.3,when:"use_dropout"}
        {name:"use_dropout",type:"categorical",choices:[false,true],default:false}
        {name:"width",type:"int",low:16,high:512,scale:"log",step:16,default:64}
        {name:"kernel",type:"ordinal",choices:["linear","rbf","high_polynomial"],default:"high_polynomial"}
        """,
        Text<NetworkParameters>());

    [Fact]
    public void Of_Struct_GivesItsParameters() => Assert.Equal(
        """
        {name:"shift",type:"int",low:-3,high:3,default:0}
        {name:"ratio",type:"categorical",choices:[0.25,0.5,1.0],default:0.5}
        """,
        Text<Mutable>());

    [Fact]
    public void Of_NestedTypes_GivesPrefixedParameters() => Assert.Equal(
        """
        {name:"optimizer.rate",type:"float",low:1E-05,high:1.0,scale:"log",default:0.003}
        {name:"optimizer.momentum",type:"float",low:0.0,high:1.0,default:0.5,when:"optimizer.rate < 0.1"}
        {name:"optimizer.nesterov",type:"categorical",choices:[false,true],default:false}
        {name:"augment",type:"categorical",choices:[false,true],default:false}
        {name:"augmentation.angle",type:"float",low:0.0,high:45.0,default:22.5,when:"augment"}
        {name:"start.x",type:"float",low:-5.0,high:10.0,default:2.5}
        {name:"start.y",type:"float",low:0.0,high:15.0,default:7.5}
        {name:"other.x",type:"float",low:-5.0,high:10.0,default:2.5,when:"optimizer.rate > 0.5"}
        {name:"other.y",type:"float",low:0.0,high:15.0,default:7.5,when:"optimizer.rate > 0.5"}
        """,
        Text<Training>());

    [Fact]
    public void Of_Cases_GivesTheParametersOfEach() => Assert.Equal(
        """
        {name:"features",type:"int",low:1,high:256,default:129}
        {name:"model",type:"categorical",choices:["svm","logit","tree"],default:"svm"}
        {name:"model.svm.cost",type:"float",low:0.001,high:1000.0,scale:"log",default:1.0,when:"model == 'svm'"}
        {name:"model.svm.kernel",type:"categorical",choices:["linear","rbf","high_polynomial"],default:"linear",when:"model == 'svm'"}
        {name:"model.svm.gamma",type:"float",low:1E-05,high:10.0,default:5.000005,when:"model == 'svm' and model.svm.kernel == 'rbf'"}
        {name:"model.logit.penalty",type:"float",low:0.0,high:1.0,default:0.5,when:"model == 'logit'"}
        {name:"model.tree",type:"categorical",choices:["stump","forest"],default:"forest",when:"model == 'tree'"}
        {name:"model.tree.forest.trees",type:"int",low:10,high:500,scale:"log",default:100,when:"model.tree == 'forest'"}
        {name:"second",type:"categorical",choices:["svm","logit"],default:"svm",prior:{weights:[1,3]},when:"features > 10"}
        {name:"second.svm.cost",type:"float",low:0.001,high:1000.0,scale:"log",default:1.0,when:"second == 'svm'"}
        {name:"second.svm.kernel",type:"categorical",choices:["linear","rbf","high_polynomial"],default:"linear",when:"second == 'svm'"}
        {name:"second.svm.gamma",type:"float",low:1E-05,high:10.0,default:5.000005,when:"second == 'svm' and second.svm.kernel == 'rbf'"}
        {name:"second.logit.penalty",type:"float",low:0.0,high:1.0,default:0.5,when:"second == 'logit'"}
        forbidden:["model == 'svm' and features > 100"]}
        """,
        Text<Pipeline>());

    [Fact]
    public void Of_AbstractRoot_NamesTheChoiceAfterTheType() => Assert.Equal(
        """
        {name:"model",type:"categorical",choices:["svm","logit","tree"],default:"svm"}
        {name:"svm.cost",type:"float",low:0.001,high:1000.0,scale:"log",default:1.0,when:"model == 'svm'"}
        {name:"svm.kernel",type:"categorical",choices:["linear","rbf","high_polynomial"],default:"linear",when:"model == 'svm'"}
        {name:"svm.gamma",type:"float",low:1E-05,high:10.0,default:5.000005,when:"model == 'svm' and svm.kernel == 'rbf'"}
        {name:"logit.penalty",type:"float",low:0.0,high:1.0,default:0.5,when:"model == 'logit'"}
        {name:"tree",type:"categorical",choices:["stump","forest"],default:"forest",when:"model == 'tree'"}
        {name:"tree.forest.trees",type:"int",low:10,high:500,scale:"log",default:100,when:"tree == 'forest'"}
        """,
        Text<Model>());

    [Fact]
    public void Of_UnicodeNames_KeepsThem() => Assert.Equal(
        """
        {name:"lernrate",type:"float",low:0.0,high:1.0,default:0.5}
        {name:"ηη_ratio",type:"float",low:0.0,high:1.0,default:0.5}
        {name:"vergleich",type:"categorical",choices:["größer","kleiner, \"etwa\""],default:"größer"}
        {name:"学習率",type:"float",low:0.0,high:1.0,default:0.5,when:"vergleich == 'größer'"}
        """,
        Text<Größen>());

    [Fact]
    public void Of_InheritedMembers_PutsTheBaseFirst() => Assert.Equal(
        """
        {name:"first",type:"int",low:0,high:9,default:5}
        {name:"second",type:"int",low:0,high:99,default:50}
        {name:"third",type:"int",low:0,high:9,default:5}
        """,
        Text<Derived>());

    [Fact]
    public void Of_NestedInitialValues_TakesThemAsDefaults() => Assert.Equal(
        """
        {name:"optimizer.rate",type:"float",low:0.0,high:1.0,default:0.25}
        {name:"optimizer.nesterov",type:"categorical",choices:[false,true],default:true}
        {name:"fresh.rate",type:"float",low:0.0,high:1.0,default:0.0}
        {name:"fresh.nesterov",type:"categorical",choices:[false,true],default:false}
        {name:"model",type:"categorical",choices:["svm","logit","tree"],default:"logit"}
        {name:"model.svm.cost",type:"float",low:0.001,high:1000.0,scale:"log",default:1.0,when:"model == 'svm'"}
        {name:"model.svm.kernel",type:"categorical",choices:["linear","rbf","high_polynomial"],default:"linear",when:"model == 'svm'"}
        {name:"model.svm.gamma",type:"float",low:1E-05,high:10.0,default:5.000005,when:"model == 'svm' and model.svm.kernel == 'rbf'"}
        {name:"model.logit.penalty",type:"float",low:0.0,high:1.0,default:0.75,when:"model == 'logit'"}
        {name:"model.tree",type:"categorical",choices:["stump","forest"],default:"forest",when:"model == 'tree'"}
        {name:"model.tree.forest.trees",type:"int",low:10,high:500,scale:"log",default:100,when:"model.tree == 'forest'"}
        """,
        Text<Recipe>());
}
